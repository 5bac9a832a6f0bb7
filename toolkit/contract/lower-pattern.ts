/** RE2 refuses counted repetitions that nest to more than this. */
const MOST_REPEATS = 1000;

/**
 * A JavaScript pattern as an RE2 pattern that matches exactly the same texts, or null where there is none.
 *
 * Only what both languages read alike is let through: ASCII literals, escapes of punctuation, `\d`, positive classes,
 * groups, alternation, quantifiers, `^` and `$`. Look-around, back-references, `\s \b \w` (they differ in Unicode),
 * the dot and negated classes (UTF-16 units against code points), flags, and repetitions that nest to more than a
 * thousand are left to JavaScript.
 */
export function lowerPattern(pattern: RegExp): string | null {
  if (pattern.flags.replace('u', '') !== '') return null;
  const tokens: string[] = [];
  let rest = pattern.source;
  while (rest !== '') {
    const found = TOKENS.map((form) => form.exec(rest)?.[0]).find((it) => it !== undefined);
    if (found === undefined) return null;
    tokens.push(found);
    rest = rest.slice(found.length);
  }
  return mostRepeats(tokens) > MOST_REPEATS ? null : tokens.map(plainEscapes).join('');
}

const ESCAPED = String.raw`\\[\\/.\-+*?()[\]{}|^$]|\\d`;
const CLASS_ITEM = String.raw`(?:${ESCAPED}|\\'|[A-Za-z0-9 _.,:;+*?'"@#%&!~=<>()/{}|$-])`;
/** `\d` beside a hyphen is no range in JavaScript and no pattern in RE2. */
const DIGIT_RANGE = String.raw`(?!\[[^\]]*(?:-\\d|\\d-))`;

const TOKENS: readonly RegExp[] = [
  new RegExp(String.raw`^${DIGIT_RANGE}\[${CLASS_ITEM}+\]`),
  new RegExp(`^(?:${ESCAPED})`),
  /^\(\?:/,
  /^\((?!\?)/,
  /^\)/,
  /^\|/,
  /^[\^$]/,
  /^(?:[*+?]|\{\d{1,3}(?:,\d{0,3})?\})\??/,
  /^[A-Za-z0-9 _,:;'"@#%&!~=<>/-]/,
];

/** `\/` and `\'` without their backslash, which RE2 does not know; an escaped backslash stays one. */
const plainEscapes = (token: string): string =>
  token.replaceAll(/\\([\s\S])/g, (whole, escaped: string) => (escaped === '/' || escaped === "'" ? escaped : whole));

/** The greatest product of counted repetitions inside one another. */
function mostRepeats(tokens: readonly string[]): number {
  const open: number[] = [1];
  let last = 1;
  const note = (repeats: number) => open.push(Math.max(open.pop() ?? 1, repeats));
  for (const token of tokens) {
    if (token === '(' || token === '(?:') open.push(1);
    else if (token.startsWith('{')) note((last *= Math.max(1, ...token.split(/\D+/).map(Number))));
    else if (token === ')') note((last = open.pop() ?? 1));
    else if (!/^[*+?]/.test(token)) last = 1;
  }
  return Math.max(...open);
}
