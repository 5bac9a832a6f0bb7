import assert from 'node:assert/strict';
import test from 'ava';
import {
  afterLast,
  append,
  asText,
  beforeFirst,
  collapseSpace,
  concat,
  contains,
  type Expr,
  emailDomain,
  eq,
  flag,
  frameOf,
  joinTexts,
  jsonObject,
  length,
  literal,
  lower,
  matches,
  nullIf,
  outwardCode,
  removeSpace,
  replaceMatches,
  spacedPostcode,
  substring,
  titleCase,
  trim,
  ukPhone,
  upper,
} from 'daybook';
import { cleanCompany, cleanName } from '../../reference/clean.ts';
import { manyTexts, textsOf } from '../contract/texts.ts';
import { holds, rowsOf } from './rows.ts';

type Text = Expr<string | null>;
/** What an expression gives for each text. Results are compared in the engine's own text between brackets: node-api takes a leading U+FEFF off. */
async function worked(texts: readonly (string | null)[], make: (text: Text) => Text): Promise<(string | null)[]> {
  const rows = await rowsOf(
    frameOf(
      texts.map((text, i) => ({ i, text })),
      ['i', 'text'],
    )
      .derive((c) => ({ out: append(append('[' as never as Text, make(c.text)), ']') }))
      .orderby('i')
      .select('out'),
  );
  return rows.map(({ out }) => (out === null ? null : (out as string).slice(1, -1)));
}
const words = /(^|[ \-'’])([^ \-'’])/gu;
const titled = (text: string): string => text.toLowerCase().replace(words, (_, before: string, first: string) => before + first.toUpperCase());
const PAIRS: Readonly<Record<string, readonly [(text: Text) => Text, (text: string) => string]>> = {
  lower: [lower, (text) => text.toLowerCase()],
  upper: [upper, (text) => text.toUpperCase()],
  trim: [trim, (text) => text.trim()],
  titleCase: [titleCase, titled],
  collapseSpace: [collapseSpace, (text) => text.replace(/\s+/g, ' ')],
  removeSpace: [removeSpace, (text) => text.replace(/\s+/g, '')],
};

const POINTS = Array.from({ length: 0x10ffff }, (_, i) => i + 1)
  .filter((point) => point < 0xd800 || point > 0xdfff)
  .map((point) => String.fromCodePoint(point));
/** Texts of 256 code points each, every one between the same two marks. */
const everyPoint = test.macro(async (t, name: string, before: string, after: string) => {
  const [ours, theirs] = PAIRS[name] as (typeof PAIRS)[string];
  const texts = Array.from({ length: Math.ceil(POINTS.length / 256) }, (_, i) =>
    POINTS.slice(i * 256, i * 256 + 256)
      .map((point) => before + point + after)
      .join(''),
  );
  const given = await worked(texts, ours);
  t.deepEqual(
    texts.flatMap((text, i) => (given[i] === theirs(text) ? [] : [`U+${text.codePointAt(before.length)?.toString(16)} to 255 on`])),
    [],
  );
});
for (const name of Object.keys(PAIRS)) test(`${name} is JavaScript’s on every code point`, everyPoint, name, ' ', '|');
test('lower is JavaScript’s on every code point after a Sigma', everyPoint, 'lower', 'aΣ', ' ');
test('titleCase is JavaScript’s on every code point inside a word', everyPoint, 'titleCase', 'x', 'y');
test('trim is JavaScript’s on every code point of the first plane, alone and at an end', async (t) => {
  const texts = POINTS.slice(0, 63_487).flatMap((point) => [point, `${point}é${point}`]);
  const given = await worked(texts, trim);
  t.deepEqual(
    texts.filter((text, i) => given[i] !== text.trim()),
    [],
  );
});

const likeJavaScript = test.macro(async (t, name: string) => {
  const [ours, theirs] = PAIRS[name] as (typeof PAIRS)[string];
  return holds(
    manyTexts(
      textsOf(
        "abXYZ éßΣİς-'’\u00a0",
        ['ΟΔΟΣ', 'İ', 'ẞ', 'ß', 'ΟΔΟΣ ΣΑΣ', '\ufeffΑΣ', '\ufeff', ' \ufeff a\t', 'ǆ', 'ﬁ', "d'arc", '--a', 'I\u0307', '\u00a0x\u3000'],
        12,
      ),
      500,
    ),
    async (texts) => {
      const given = await worked(texts, ours);
      for (const [i, text] of texts.entries()) assert.equal(given[i], theirs(text), JSON.stringify(text));
    },
    4,
  )(t);
});
for (const name of Object.keys(PAIRS)) test(`${name} is JavaScript’s on any text`, likeJavaScript, name);

const gives = test.macro(async (t, make: (text: Text) => Text, rows: readonly (readonly [string | null, string | null])[]) => {
  t.deepEqual(
    await worked(
      rows.map(([text]) => text),
      make,
    ),
    rows.map(([, out]) => out),
  );
});
test('lower: final sigma, dotted I, capital sharp s, a leading U+FEFF, null', gives, lower, [
  ['ΟΔΟΣ', 'οδος'],
  ['ΟΔΟΣ Α', 'οδος α'],
  ['İ', 'i̇'],
  ['ẞ', 'ß'],
  ['\ufeffÉ', '\ufeffé'],
  ['\ufeffA', '\ufeffa'],
  ['', ''],
  [null, null],
]);
test('upper: sharp s becomes two letters', gives, upper, [
  ['straße', 'STRASSE'],
  ['ﬁ', 'FI'],
  ['ı', 'I'],
  ['\ufeffß', '\ufeffSS'],
  [null, null],
]);
test('titleCase: words begin after spaces, hyphens and apostrophes', gives, titleCase, [
  ["anne-MARIE o'neil", "Anne-Marie O'Neil"],
  ['d’ARC', 'D’Arc'],
  ['"bob (john', '"bob (john'],
  ['--a', '--A'],
  ['ßa', 'SSa'],
  ['', ''],
]);
test('substring: from the start, from the end, to the end', gives, (text) => append(append(substring(text, 1, -4), '|'), substring(text, -3)), [
  ['SW1A1AA', 'SW1A|1AA'],
  ['😀bcdé', '😀b|cdé'],
  ['ab', '|ab'],
  ['', '|'],
  [null, null],
]);
test('substring: both ends included', gives, (text) => substring(text, 2, 3), [
  ['abcd', 'bc'],
  ['a', ''],
  ['a😀é', '😀é'],
]);
test('afterLast: null where the mark does not occur', gives, (text) => afterLast(text, '@'), [
  ['a@b@c', 'c'],
  ['a@', ''],
  ['a', null],
  ['', null],
  [null, null],
]);
test('beforeFirst: the whole text where the mark does not occur', gives, (text) => beforeFirst(text, ' '), [
  ['a b c', 'a'],
  [' b', ''],
  ['ab', 'ab'],
  [null, null],
]);
test('nullIf', gives, (text) => nullIf(text, ''), [
  ['', null],
  [' ', ' '],
  [null, null],
]);
test('replaceMatches: all, with a group', gives, (text) => replaceMatches(text, '(a)b', '\\1', 'all'), [
  ['abab', 'aa'],
  ['b', 'b'],
  [null, null],
]);
test('replaceMatches: the first', gives, (text) => replaceMatches(text, 'a', ''), [['aab', 'ab']]);
test('concat takes null for nothing', gives, (text) => concat('<', text, '>'), [
  ['a', '<a>'],
  [null, '<>'],
]);
test('joinTexts leaves nulls out', gives, (text) => joinTexts('; ', 'a', text, 'c'), [
  ['b', 'a; b; c'],
  [null, 'a; c'],
  ['', 'a; ; c'],
]);
test('nested cases keep to themselves', gives, (text) => trim(lower(trim(upper(text)))), [
  [' É ', 'é'],
  [' a b ', 'a b'],
]);
test('outwardCode, spacedPostcode', gives, (text) => outwardCode(spacedPostcode(text)), [
  ['SW1A1AA', 'SW1A'],
  ['M11AE', 'M1'],
  [null, null],
]);
test('emailDomain: after the last @', gives, emailDomain, [
  ['a@b@c.de', 'c.de'],
  ['a', null],
  ['a@', ''],
]);
test('ukPhone: nothing but punctuation becomes empty', gives, ukPhone, [
  ['().-', ''],
  ['+44 (0)20', '020'],
  ['0044 0 1', '01'],
  ['+440', '0'],
  ['44', '44'],
  [null, null],
]);

test(
  'names and companies are those of the reference',
  holds(
    manyTexts(textsOf("abXÉ -'’\t", ["anne-MARIE  o'neil"], 12), 300),
    async (texts) => {
      const { personName } = await import('daybook');
      const [names, companies] = [await worked(texts, (text) => personName(trim(text))), await worked(texts, (text) => collapseSpace(trim(text)))];
      texts.forEach((text, i) => {
        if (text.trim() === '') return;
        assert.equal(names[i], cleanName(text).value, JSON.stringify(text));
        assert.equal(companies[i], cleanCompany(text), JSON.stringify(text));
      });
    },
    4,
  ),
);

test(
  'length counts code points; contains and matches look anywhere',
  holds(
    manyTexts(textsOf('ab😀é', ['', '😀😀'], 9), 300),
    async (texts) => {
      const rows = await rowsOf(
        frameOf(texts.map((text, i) => ({ i, text })))
          .derive((c) => ({ size: length(c.text), has: contains(c.text, '😀'), like: matches(c.text, 'a+b') }))
          .orderby('i'),
      );
      for (const [i, text] of texts.entries())
        assert.deepEqual(
          [rows[i]?.['size'], rows[i]?.['has'], rows[i]?.['like']],
          [[...text].length, text.includes('😀'), /a+b/.test(text)],
          JSON.stringify(text),
        );
    },
    4,
  ),
);

test(
  'a JSON object of texts is read back as it was',
  holds(
    manyTexts(textsOf('ab"\\{}:,', ['\u2028', '\u0001', '</script>', '\\u0041'], 9), 200),
    async (texts) => {
      const rows = await rowsOf(
        frameOf(texts.map((text, i) => ({ i, text })))
          .derive((c) => ({ json: jsonObject({ 'a "b"': c.text, none: nullIf(c.text, 'ab') }) }))
          .orderby('i'),
      );
      for (const [i, text] of texts.entries())
        assert.deepEqual(JSON.parse(rows[i]?.['json'] as string), { 'a "b"': text, none: text === 'ab' ? null : text });
    },
    4,
  ),
);

test('numbers, decimals, dates and truths as text', async (t) => {
  const [row] = await rowsOf(
    frameOf([{ n: -7, x: 0.5, day: new Date('0045-03-01'), yes: true }]).derive((c) => ({
      n: asText(c.n),
      x: asText(c.x),
      day: asText(c.day),
      yes: asText(c.yes),
    })),
  );
  t.deepEqual(row, { n: '-7', x: '0.5', day: '0045-03-01', yes: 'true' });
});

test('a text with a quote, a backslash or a percent sign is only a text', async (t) => {
  const text = '\'; DROP TABLE x; --\\%_"';
  t.deepEqual(await rowsOf(frameOf([{ text }]).derive((c) => ({ same: flag(eq(c.text, text)), lit: literal(text) }))), [
    { text, same: 1, lit: text },
  ]);
});
