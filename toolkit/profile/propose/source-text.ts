import type { ColumnProfile } from '../document.ts';

/** A call of one of the kinds, as it is written. */
export interface Call {
  readonly kind: string;
  /** What it needs of `daybook` beside its kind. */
  readonly uses: readonly string[];
  readonly options: readonly (readonly [name: string, source: string])[];
  /** How many rules it states. */
  readonly rules: number;
}

/** A text as a literal in single quotes. */
export const quotedText = (text: string): string => `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

/** A name as the key of an object literal. */
export const keyText = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quotedText(name));

/** One comment on one line, whatever a header holds. */
export const commentText = (text: string): string => `// ${text.replaceAll(/[\r\n\u2028\u2029]+/g, ' ')}`;

/** Written names that a constant cannot have. */
const TAKEN = new Set(
  'break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with yield let static implements interface package private protected public await arguments eval undefined z'.split(
    ' ',
  ),
);

/** The name of a file as the name of a contract and of a constant that nothing else in the text has. */
export function namesOf(file: string, used: ReadonlySet<string>): { readonly name: string; readonly constant: string } {
  const name = file.replace(/\.[^.]*$/, '') || file;
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const camel = words.map((word, i) => (i === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1)).join('');
  const start = /^[A-Za-z]/.test(camel) ? camel : `source${camel}`;
  let constant = start;
  for (let i = 0; TAKEN.has(constant) || used.has(constant); i++) constant = `${start}Contract${i === 0 ? '' : i + 1}`;
  return { name, constant };
}

const SIGNS: Readonly<Record<string, string>> = { A: '[A-Z]', a: '[a-z]', '9': '[0-9]' };
/** Patterns that may be written out, and the share of what fits that they must cover. */
const MOST_WRITTEN = 3;
const COVERED = 0.98;
const ANY_CODE = '/^[A-Za-z0-9][A-Za-z0-9._#\\/-]*$/';

/** A regular expression for the codes of a column: its patterns where they are few, else what codes are made of. */
export function regexOf({ patterns, fits }: ColumnProfile): string {
  const common = patterns.filter((it) => it.fits > 0).slice(0, MOST_WRITTEN);
  const covered = common.reduce((sum, it) => sum + it.fits, 0);
  if (covered < COVERED * fits || common.some(({ pattern }) => /[^ -~]|\*/.test(pattern))) return ANY_CODE;
  const forms = common.map(({ pattern }) => formOf(pattern));
  return forms.length === 1 ? `/^${forms[0]}$/` : `/^(?:${forms.join('|')})$/`;
}

/** One pattern as a regular expression: `AA-999` is `[A-Z]{2}-[0-9]{3}`, `A+9+` is `[A-Z]+[0-9]+`. */
const formOf = (pattern: string): string =>
  pattern.replaceAll(/([Aa9])(\+|\1*)|([^Aa9])/g, (_, sign: string | undefined, more: string, other: string) => {
    if (sign === undefined) return other.replace(/[\\/.+*?()[\]{}|^$]/, '\\$&');
    if (more === '+') return `${SIGNS[sign]}+`;
    return more === '' ? `${SIGNS[sign]}` : `${SIGNS[sign]}{${more.length + 1}}`;
  });
