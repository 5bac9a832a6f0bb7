import { type PersonalTag, sureClueOfName } from '../frame/index.ts';
import { maskValue } from './mask-value.ts';

interface Form {
  /** What a text holds in which the pattern is found. */
  readonly what: string;
  readonly pattern: RegExp;
  readonly mask: PersonalTag['mask'];
}

/** What looks like personal data in any text. What is masked (`a•••@•••`, `***`) does not. */
export const PERSONAL_FORMS: readonly Form[] = [
  { what: 'an e-mail address', pattern: /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/i, mask: 'email' },
  {
    what: 'a UK phone number',
    pattern: /(?<![\w.+-])(?:\+44[ -]?(?:\(0\)[ -]?)?|\(?0)[1-378](?:\)?[ -]?\d){9}(?![\w.-])/,
    mask: 'phone',
  },
  // the patterns of a profile, such as AA99 9AA, are none: no area is called A or AA
  { what: 'a UK postcode', pattern: /(?<!\w)(?!A{1,2}9[A9]? ?9AA)(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})(?!\w)/, mask: 'all' },
];

const EVERYWHERE = PERSONAL_FORMS.map(({ pattern, mask }) => ({ pattern: new RegExp(pattern, `${pattern.flags}g`), mask }));

/** A text with whatever looks like personal data in it masked. @example maskForms('call 01314960380') // 'call •••380' */
export function maskForms(text: string): string {
  let masked = text;
  let before: string;
  // What stands directly behind another shows itself only when that is masked.
  do {
    before = masked;
    for (const { pattern, mask } of EVERYWHERE) masked = masked.replace(pattern, (found) => maskValue(found, mask));
  } while (masked !== before);
  return masked;
}

/** The mask for a column of a table of which no contract has spoken, by its name; null where the name says nothing for sure, or the type holds nobody's data. */
export const guessedMask = (name: string, type: string): PersonalTag['mask'] | null =>
  type === 'text' || type === 'date' || type === 'mixed' ? (sureClueOfName(name)?.mask ?? null) : null;
