import assert from 'node:assert/strict';
import {
  type Broken,
  type Checked,
  type CheckOptions,
  type Contract,
  check,
  type Expr,
  type Fields,
  frameOf,
  lowerSchema,
  passed,
  rawColumns,
  rowsOf,
  type Text,
  type Truth,
} from 'daybook';
import fc from 'fast-check';
import type * as z from 'zod';
import { session, wellFormed } from '../frame/rows.ts';

/** What trips up a comparison of two engines of texts: white space of every kind, case, digits of other scripts, astral characters, line ends. */
const ODD = [
  ' ',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '\v',
  '\u00a0',
  '\u2028',
  '\u2029',
  '\u3000',
  '\ufeff',
  '\u200b',
  '\u180e',
  '\u0085',
  'é',
  'ß',
  'ẞ',
  'İ',
  'ı',
  'K',
  'ſ',
  'Σ',
  'ς',
  '😀',
  '"',
  "'",
  '’',
  '\\',
  '%',
  '_',
  '/',
  '-',
  '.',
  '+',
  '@',
  '(',
  ')',
  'ａ',
  '１',
  '٣',
  'e\u0301',
  '\u{10ffff}',
  '\u0001',
];
const odd = fc.constantFrom(...ODD);

/** Texts without a NUL and without lone surrogates, mostly of the letters given, with something odd in places. */
export const textsOf = (letters: string, near: readonly string[] = [], maxLength = 14): fc.Arbitrary<string> => {
  const letter = fc.constantFrom(...letters);
  const plain = fc.array(letter, { maxLength }).map((parts) => parts.join(''));
  const dirty = fc.array(fc.oneof({ weight: 5, arbitrary: letter }, { weight: 1, arbitrary: odd }), { maxLength }).map((parts) => parts.join(''));
  const anything = fc.string({ unit: 'binary', maxLength: 8 });
  const known = near.length === 0 ? plain : fc.constantFrom(...near);
  const mutated = fc
    .tuple(known, fc.nat(20), fc.oneof(letter, odd, fc.constant('')), fc.nat(2))
    .map(([text, at, put, drop]) => text.slice(0, at) + put + text.slice(at + drop));
  return fc
    .oneof(plain, dirty, known, { weight: 2, arbitrary: mutated }, anything, fc.constant(''))
    .map((text) => wellFormed(text.replaceAll('\0', '')));
};
/** Many texts at once: one query answers for all. */
export const manyTexts = (texts: fc.Arbitrary<string>, n = 400): fc.Arbitrary<string[]> =>
  fc.array(texts, { minLength: n, maxLength: n, size: 'max' });

/** Which of the texts pass a test in the engine. */
export async function passing(texts: readonly (string | null)[], test: (text: Text) => Expr<Truth>): Promise<boolean[]> {
  const frame = frameOf(
    texts.map((text, i) => ({ i, text })),
    ['i', 'text'],
  )
    .derive((c) => ({ ok: passed(test(c.text)) }))
    .orderby('i')
    .select('ok');
  return (await rowsOf(await session, frame)).map(({ ok }) => ok);
}

/** Holds a schema's lowered form against zod on every text. */
export async function agreesWithZod(schema: z.ZodType, texts: readonly string[]): Promise<void> {
  const lowered = lowerSchema(schema);
  assert.ok(lowered, 'the schema is not lowered');
  const ok = await passing(texts, lowered);
  for (const [i, text] of texts.entries()) assert.equal(ok[i], schema.safeParse(text).success, JSON.stringify(text));
}

export type Raw = Readonly<Record<string, string | null>>;
/** What a check of a few records gives, all of it. */
export interface Judged {
  readonly accepted: readonly Readonly<Record<string, unknown>>[];
  readonly broken: readonly Broken[];
  readonly counts: Checked['counts'];
  /** Codes by record number, from 1. */
  readonly codes: readonly (readonly string[])[];
}

/** Checks records given as raw texts; a name left out is null. */
export async function judge<F extends Fields>(contract: Contract<F>, records: readonly Raw[], options: CheckOptions = {}): Promise<Judged> {
  const where = await session;
  const names = rawColumns(contract as unknown as Contract) as string[];
  const rows = records.map((record) => Object.fromEntries(names.map((name) => [name, record[name] ?? null])));
  const found = await check(contract, frameOf<object>(rows, names as never[]), { session: where, ...options });
  const accepted = (await found.accepted.collect({ session: where })).objects() as Judged['accepted'];
  const broken = (await found.broken.collect({ session: where })).objects() as unknown as Broken[];
  await found.release();
  const inOrder = [...broken].sort((a, b) => a.row - b.row || (a.rule < b.rule ? -1 : 1));
  return {
    accepted,
    broken: inOrder,
    counts: found.counts,
    codes: records.map((_, i) => inOrder.filter(({ row }) => row === i + 1).map(({ rule }) => rule)),
  };
}
