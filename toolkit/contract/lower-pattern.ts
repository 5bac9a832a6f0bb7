/**
 * A JavaScript pattern as an RE2 pattern that matches exactly the same texts, or null where there is none.
 *
 * Only what both languages read alike is let through: ASCII literals, escapes of punctuation, `\d`, positive classes,
 * groups, alternation, quantifiers, `^` and `$`. Look-around, back-references, `\s \b \w` (they differ in Unicode),
 * the dot and negated classes (UTF-16 units against code points), and flags are left to JavaScript.
 */
export function lowerPattern(pattern: RegExp): string | null {
  if (pattern.flags.replace('u', '') !== '') return null;
  const out: string[] = [];
  let rest = pattern.source;
  while (rest !== '') {
    const token = TOKENS.find((it) => it.form.test(rest));
    const found = token?.form.exec(rest)?.[0];
    if (token === undefined || found === undefined) return null;
    out.push(token.as ? token.as(found) : found);
    rest = rest.slice(found.length);
  }
  return out.join('');
}

const ESCAPED = String.raw`\\[\\/.\-+*?()[\]{}|^$]|\\d`;
const CLASS_ITEM = String.raw`(?:${ESCAPED}|\\'|[A-Za-z0-9 _.,:;+*?'"@#%&!~=<>()/{}|$-])`;
const unescapeSlash = (text: string): string => text.replaceAll(/\\([/'])/g, '$1');

const TOKENS: readonly { readonly form: RegExp; readonly as?: (found: string) => string }[] = [
  { form: new RegExp(String.raw`^\[${CLASS_ITEM}+\]`), as: unescapeSlash },
  { form: new RegExp(`^(?:${ESCAPED})`), as: unescapeSlash },
  { form: /^\(\?:/ },
  { form: /^\((?!\?)/ },
  { form: /^\)/ },
  { form: /^\|/ },
  { form: /^[\^$]/ },
  { form: /^(?:[*+?]|\{\d{1,3}(?:,\d{0,3})?\})\??/ },
  { form: /^[A-Za-z0-9 _,:;'"@#%&!~=<>/-]/ },
];
