import assert from 'node:assert/strict';
import test from 'ava';
import { lowerPattern, matches } from 'daybook';
import fc from 'fast-check';
import * as z from 'zod';
import { holds } from '../frame/rows.ts';
import { manyTexts, passing, textsOf } from './texts.ts';

const refused = test.macro((t, pattern: RegExp) => {
  t.is(lowerPattern(pattern), null);
});
for (const [why, pattern] of Object.entries({
  'a flag that folds case': /a/i,
  'a flag that moves the anchors': /^a$/m,
  'a flag that lets the dot match line ends': /a/s,
  'a pattern with a memory': /a/g,
  'a sticky pattern': /a/y,
  'look-ahead': /a(?=b)/,
  'negative look-ahead': /^(?!\.)a/,
  'look-behind': /(?<=a)b/,
  'a named group': /(?<x>a)/,
  'a back-reference': /(a)\1/,
  'white space, which is not Unicode’s in RE2': /^\s+$/,
  'no white space': /^\S+$/,
  'a word boundary': /\bx/,
  'word characters': /^\w+$/,
  'a negated class': /^[^a]$/,
  'a negated digit': /^\D$/,
  'white space in a class': /^[\s]$/,
  'the dot': /^a.b$/,
  'letters beyond ASCII': /^é$/,
  'an escape by number': /^\u00e9$/,
  'a control character': /^\t$/,
  'a property': /\p{L}/u,
  'a digit in a range, which is no range': /[\d-x]/,
  'a range up to a digit': /[a-\d]/,
  'an empty class, which matches nothing': /[]/,
  'a bracket that stands for itself': /a]/,
  'a brace that stands for itself': /a{,5}/,
  'more repetitions than RE2 allows': /a{1001}/,
  'repetitions that nest to more': /(?:a{100}){11}/,
  'repetitions that nest to more, deep inside': /((?:a{2}){20}b){26}/,
  'an open repetition inside a long one': /(?:(?:a{2,}){2,}){300}/,
}))
  test(`left to JavaScript: ${why}`, refused, pattern);

const allowed = test.macro(async (t, pattern: RegExp, texts: readonly string[]) => {
  const lowered = lowerPattern(pattern);
  t.not(lowered, null);
  t.deepEqual(
    await passing(texts, (text) => matches(text, lowered ?? '')),
    texts.map((text) => pattern.test(text)),
  );
});
const LINES = ['', 'a', 'a\n', '\na', 'b\na\n', 'a\r'];
test('anchors hold at the ends of the text alone', allowed, /^a$/, LINES);
test('no anchor: anywhere', allowed, /a/, LINES);
test('digits are ASCII', allowed, /^\d{2,3}$/, ['12', '123', '1', '1234', '１２', '٣٣', '12\n']);
test('a slash needs no backslash', allowed, /^a\/b$/, ['a/b', 'a\\/b', 'a\\b']);
test('a backslash before a slash in a class stays a backslash', allowed, /^[\\/]$/, ['/', '\\', '\\/', 'x']);
test('an escaped apostrophe in a class', allowed, /^[a']+$/, ["a'", "'", '\\', "\\'"]);
test('a hyphen at the end of a class', allowed, /^[a-c+-]+$/, ['a-c', '+', 'd', ',']);
test('the unicode flag alone changes nothing here', allowed, /^[a-z]{2}$/u, ['ab', 'é', '😀', 'a']);
test('repetitions side by side do not nest', allowed, /^(?:a{500}|b)(?:a{500}|b)$/, ['bb', `${'a'.repeat(500)}b`, 'ab']);
test('empty alternatives', allowed, /^(?:|a|b{0})c$/, ['c', 'ac', 'bc']);

const literal = fc.constantFrom('a', 'b', '0', '-', '/', "'", ' ', '_', ',', '@', '\\.', '\\/', '\\\\', '\\-', '\\d', '\\[', '\\$');
const classItem = fc.constantFrom('a', 'b-d', '0-9', '\\d', '\\]', '\\\\', '\\/', '.', '-', '+', '\\^', ' ', "\\'", '$', '(', '\\-', 'A-Z', '+--');
const { pattern: anyPattern } = fc.letrec<{ pattern: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { depthSize: 'small' },
    literal,
    fc.array(classItem, { minLength: 1, maxLength: 4 }).map((items) => `[${items.join('')}]`),
    tie('pattern').map((inner) => `(?:${inner})`),
    tie('pattern').map((inner) => `(${inner})`),
  ),
  pattern: fc
    .array(fc.tuple(tie('atom'), fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,3}', '{2,}', '+?', '|', '$', '^')), {
      minLength: 1,
      maxLength: 4,
    })
    .map((parts) => parts.map(([atom, after]) => atom + after).join('')),
}));
const compiled = fc.tuple(anyPattern, fc.boolean()).map(([source, whole]) => {
  try {
    return new RegExp(whole ? `^(?:${source})$` : source);
  } catch {
    return /^a$/;
  }
});

test(
  'whatever is lowered matches the same texts as in JavaScript',
  holds(
    fc.tuple(compiled, manyTexts(textsOf("aabbcd0019-/\\.'^$[] _,@+", [], 8), 60)),
    async ([pattern, texts]) => {
      const lowered = lowerPattern(pattern);
      if (lowered === null) return;
      const ok = await passing(texts, (text) => matches(text, lowered));
      for (const [i, text] of texts.entries()) assert.equal(ok[i], pattern.test(text), `${pattern} as ${lowered} on ${JSON.stringify(text)}`);
    },
    250,
  ),
);

test('the patterns of zod’s own formats are lowered', (t) => {
  for (const schema of [z.email(), z.uuid(), z.guid(), z.ulid(), z.iso.date(), z.e164(), z.nanoid(), z.cuid2(), z.ksuid(), z.xid(), z.ipv4()]) {
    const { pattern } = schema._zod.def as { pattern?: RegExp };
    t.not(lowerPattern(pattern as RegExp), null, String(pattern));
  }
});
