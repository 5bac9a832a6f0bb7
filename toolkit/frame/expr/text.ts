import type { Scalar } from '../scalar.ts';
import type { Operand } from './expr.ts';
import { call, type Expr, fragment, type Kept } from './expr.ts';

/** The characters that `String.prototype.trim` removes (ECMA-262, WhiteSpace and LineTerminator). */
export const JS_SPACE =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';
/** The same characters as a class of an RE2 pattern. */
export const JS_SPACE_CLASS = '[\\t\\n\\v\\f\\r \\x{00a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}]';

/** A function from a text to a text: null gives null, and what cannot be null gives what cannot. */
export interface TextToText {
  (text: Expr<string>): Expr<string>;
  (text: Expr<string | null>): Expr<string | null>;
}
/** Types a function from a text to a text. */
export const textToText = (make: (text: Expr<string | null>) => Expr<string | null>): TextToText => make as TextToText;

/** A call of a function of registerJavaScript: the dot in front, which it takes off again, saves a leading U+FEFF, which node-api would drop. */
const inJavaScript = (name: string, text: Expr<string | null>): Expr<string | null> => call(name, fragment`('.' || ${text})`);

const BEYOND_ASCII = '[^\\x00-\\x7f]';
/** Lower case as JavaScript's `toLowerCase`: plain ASCII in the engine, the rest through JavaScript. */
export const lower = textToText(
  (text) => fragment`CASE WHEN regexp_matches(${text}, ${BEYOND_ASCII}) THEN ${inJavaScript('js_lower', text)} ELSE lower(${text}) END`,
);
/** Upper case as JavaScript's `toUpperCase`: plain ASCII in the engine, the rest through JavaScript. */
export const upper = textToText(
  (text) => fragment`CASE WHEN regexp_matches(${text}, ${BEYOND_ASCII}) THEN ${inJavaScript('js_upper', text)} ELSE upper(${text}) END`,
);

/** Removes at both ends what `String.prototype.trim` removes. The guard for a text that begins and ends in a visible ASCII character costs a third. */
export const trim = textToText(
  (text) => fragment`CASE WHEN ${text}[1] BETWEEN '!' AND '~' AND ${text}[-1] BETWEEN '!' AND '~' THEN ${text} ELSE trim(${text}, ${JS_SPACE}) END`,
);

/** Every run of white space (as in trim) to one space. */
export const collapseSpace = textToText(
  (text) =>
    fragment`CASE WHEN regexp_matches(${text}, ${`${JS_SPACE_CLASS}`}) THEN regexp_replace(${text}, ${`${JS_SPACE_CLASS}+`}, ' ', 'g') ELSE ${text} END`,
);
/** Without any white space (as in trim). */
export const removeSpace = textToText(
  (text) =>
    fragment`CASE WHEN regexp_matches(${text}, ${JS_SPACE_CLASS}) THEN regexp_replace(${text}, ${`${JS_SPACE_CLASS}+`}, '', 'g') ELSE ${text} END`,
);

/** Lower case, then the first character of each word in upper case; a word begins at the start or after a space, a hyphen or an apostrophe (' or ’). */
export const titleCase = textToText((text) => inJavaScript('js_title', text));

/** Characters of the text, as code points. */
export const length = <T extends string | null>(text: Expr<T>): Expr<Kept<T, number>> => call('length', text);
/** Every occurrence of a text replaced by another. */
export const replace = <T extends string | null>(text: Expr<T>, what: string, by: string): Expr<Kept<T, string>> => call('replace', text, what, by);
/** Characters `from` to `to`, counted from 1, both included, to the end without `to`; negative ones count from the end. */
export const substring = <T extends string | null>(text: Expr<T>, from: number, to: number | null = null): Expr<Kept<T, string>> =>
  call('array_slice', text, from, to ?? -1);
/** Null where the text is `value`. */
export const nullIf = (text: Expr<string | null>, value: string): Expr<string | null> => call('nullif', text, value);
/** Texts one after another; a null counts as empty. */
export const concat = (...parts: readonly Operand<string | null>[]): Expr<string> => call('concat', ...parts);
/** Texts one after another, null where any is null. */
export const append = <A extends string | null, B extends string | null>(a: Expr<A>, b: Operand<B>): Expr<Kept<A | B, string>> =>
  fragment`(${a} || ${b})`;
/** Texts with a separator between; nulls are left out. */
export const joinTexts = (separator: string, ...parts: readonly Operand<string | null>[]): Expr<string> => call('concat_ws', separator, ...parts);

/** Whether an RE2 pattern matches anywhere in the text. */
export const matches = <T extends string | null>(text: Expr<T>, pattern: string): Expr<Kept<T, boolean>> => call('regexp_matches', text, pattern);
/** What matches an RE2 pattern replaced by `by` (`\\1` for the first group); the first match, or all. */
export const replaceMatches = <T extends string | null>(
  text: Expr<T>,
  pattern: string,
  by: string,
  which: 'first' | 'all' = 'first',
): Expr<Kept<T, string>> => (which === 'all' ? call('regexp_replace', text, pattern, by, 'g') : call('regexp_replace', text, pattern, by));
/** What follows the last occurrence of a mark; null where the mark does not occur. */
export const afterLast = (text: Expr<string | null>, mark: string): Expr<string | null> =>
  fragment`CASE WHEN contains(${text}, ${mark}) THEN split_part(${text}, ${mark}, -1) END`;
/** What stands before the first occurrence of a mark; the whole text where the mark does not occur. */
export const beforeFirst = <T extends string | null>(text: Expr<T>, mark: string): Expr<Kept<T, string>> => call('split_part', text, mark, 1);
/** Whether the text begins with another. */
export const startsWith = <T extends string | null>(text: Expr<T>, part: string): Expr<Kept<T, boolean>> => call('starts_with', text, part);
/** Whether the text holds another. */
export const contains = <T extends string | null>(text: Expr<T>, part: string): Expr<Kept<T, boolean>> => call('contains', text, part);

/** A whole number, a decimal, a date or a truth as text: decimals with all their places, dates as YYYY-MM-DD. */
export const asText = <T extends Scalar>(value: Expr<T>): Expr<Kept<T, string>> => fragment`CAST(${value} AS VARCHAR)`;

/** A JSON object of texts, nulls included. */
export const jsonObject = (values: Readonly<Record<string, Expr<string | null>>>): Expr<string> =>
  fragment`CAST(${call('json_object', ...Object.entries(values).flat())} AS VARCHAR)`;

/** Characters of a text that its shape is made from. */
const SHAPE_LENGTH = 64;
const VISIBLE_ASCII = '^[ -~]*$';
const WITHOUT_LETTERS = '^[ -@[-`{-~]*$';
const replaceAll = (text: Expr<string | null>, pattern: string, by: string): Expr<string | null> => replaceMatches(text, pattern, by, 'all');

/** The shape of any text. Each character that is replaced costs a match. */
export const shapeOfAny = textToText((text) => {
  const letters = replaceAll(replaceAll(text, '\\p{Lu}', 'A'), '[\\p{Ll}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]', 'a');
  return replaceAll(replaceAll(replaceAll(letters, '[0-9]', '9'), '[\\s\\x00-\\x1f\\x7f\\x{a0}]', ' '), '[^\\x00-\\x7f]', '*');
});
/** The same of visible ASCII and spaces, in half the time: what stands as it shall is no match, and small letters come in runs. */
const shapeOfAscii = (text: Expr<string | null>): Expr<string | null> => {
  const small = replaceAll(replaceAll(text, '[a-z]{4}', 'aaaa'), '[b-z]', 'a');
  return replaceAll(replaceAll(small, '[B-Z]', 'A'), '[0-8]', '9');
};
/**
 * What a text looks like, a sign a character: a capital letter A, any other letter a, a digit 9, white space a space, anything else
 * beyond ASCII *; ASCII punctuation as it is. Of the first 64 characters.
 * @example shape of "SW1A 1AA" is "AA9A 9AA"
 */
export const shape = textToText((text) => {
  const start = substring(text, 1, SHAPE_LENGTH);
  return fragment`CASE WHEN regexp_matches(${text}, ${WITHOUT_LETTERS}) THEN translate(${start}, '012345678', '999999999')
    WHEN regexp_matches(${text}, ${VISIBLE_ASCII}) THEN ${shapeOfAscii(start)} ELSE ${shapeOfAny(start)} END`;
});
/** A shape with every run of one letter or digit sign, two or more, as the sign and a plus. @example "9999-99-9" gives "9+-9+-9" */
export const shortShape = textToText((shapes) =>
  ['A', 'a', '9'].reduce<Expr<string | null>>((text, sign) => replaceMatches(text, `${sign}{2,}`, `${sign}+`, 'all'), shapes),
);
