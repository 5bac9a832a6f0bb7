import type { PersonalTag } from './tag.ts';

/** The words of a column's name: `firstName`, `first_name` and `First Name` are `first name`. */
export const wordsOfName = (name: string): string =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();

/** What a column's name alone tells. */
export interface NameClue {
  readonly class: 'contact' | 'location' | 'identifier' | 'name';
  /** How sure it makes, 0 to 1. */
  readonly weight: number;
  /** What the column holds if it is right. */
  readonly says: string;
  readonly mask: PersonalTag['mask'];
}

/** The surest first. */
const CLUES: readonly (NameClue & { readonly pattern: RegExp })[] = [
  { class: 'contact', pattern: /\b(e ?mail|mail address)\b/, weight: 0.8, says: 'an e-mail address', mask: 'email' },
  { class: 'contact', pattern: /\b(phone|telephone|tel|mobile|cell|fax|landline)\b/, weight: 0.8, says: 'a telephone number', mask: 'phone' },
  { class: 'location', pattern: /\b(post ?code|postal code|zip( code)?|eircode)\b/, weight: 0.8, says: 'a postcode', mask: 'all' },
  { class: 'location', pattern: /\b(address|street|house (number|no))\b/, weight: 0.7, says: 'an address', mask: 'all' },
  { class: 'location', pattern: /\b(latitude|longitude|lat|lon|lng)\b/, weight: 0.5, says: 'a place on the map', mask: 'all' },
  { class: 'identifier', pattern: /\b(dob|birth|birthday|born)\b/, weight: 0.8, says: 'a date of birth', mask: 'all' },
  {
    class: 'identifier',
    pattern: /\b(passport|nino|national insurance|nhs|ssn|tax|licence|license|iban|account|card|user ?name|login|ip)\b/,
    weight: 0.7,
    says: 'what a person is told apart by',
    mask: 'all',
  },
  {
    class: 'name',
    pattern:
      /\b((first|last|middle|given|family|full|maiden|sur|fore|customer|client|contact|person|patient|employee|member) ?names?|surname|forename)\b/,
    weight: 0.8,
    says: 'a person’s name',
    mask: 'initial',
  },
  {
    class: 'identifier',
    pattern:
      /\b(customer|client|cust|person|patient|member|employee|staff|user|guest|subscriber|donor|tenant|student)s?\b.*\b(id|ref|reference|no|nr|num|number|code|key)\b|\b(customer|person|patient|member|employee|user)(id|no|ref)\b/,
    weight: 0.7,
    says: 'a number of a person',
    mask: 'all',
  },
  { class: 'name', pattern: /^name$/, weight: 0.4, says: 'a name', mask: 'initial' },
];
/** Names of things that are no people. */
const NOT_PEOPLE = /\b(company|product|file|brand|region|country|department|domain|host|event|item|shop|store|organisation|organization)\b/;

/** What a column's name says of personal data in it; null where it says nothing, or names a thing. @example clueOfName('eMail')?.says // 'an e-mail address' */
export function clueOfName(name: string): NameClue | null {
  const words = wordsOfName(name);
  return NOT_PEOPLE.test(words) ? null : (CLUES.find(({ pattern }) => pattern.test(words)) ?? null);
}

/** From here on a name is believed without a look at the values. */
const SURE = 0.8;

/** The clue of a name that says for sure what is in the column, else null: what is not shown unasked where no contract has spoken. */
export function sureClueOfName(name: string): NameClue | null {
  const clue = clueOfName(name);
  return clue && clue.weight >= SURE ? clue : null;
}
