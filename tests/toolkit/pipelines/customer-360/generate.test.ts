import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import test from 'ava';
import { cleanCompanies, cleanPostcodes } from '../../../../toolkit/pipelines/customer-360/generate/lookups.ts';
import { type GenerateOptions, generate } from '../../../../toolkit/pipelines/customer-360/generate.ts';

const GOLDEN = 'e94a17e6b5e84a2285757a477f051931bfb0963b0cddb89e99331a530dc18cc2';
const SAMPLES = new URL('../../../../data/', import.meta.url);

function filesOf(options: GenerateOptions): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { file, text } of generate(options)) files[file] = (files[file] ?? '') + text;
  return files;
}

const read = (path: string): string => readFileSync(new URL(path, SAMPLES), 'utf8');
const hashOf = (options: GenerateOptions): string =>
  createHash('sha256')
    .update(JSON.stringify(filesOf(options)))
    .digest('hex');
const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

function parsed(line: string): unknown[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

test('the same options give the same bytes, today and later', (t) => {
  t.is(hashOf({ rows: 40, seed: 360 }), GOLDEN);
  t.is(hashOf({ rows: 40, seed: 360 }), GOLDEN);
});

test('another seed gives other bytes', (t) => {
  t.not(hashOf({ rows: 40, seed: 361 }), GOLDEN);
  t.not(hashOf({ rows: 40, seed: 360 + 2 ** 32 }), GOLDEN);
});

test('every accepted customer number is there once or more, `rows` of them in all', (t) => {
  const lines = (filesOf({ rows: 2000, seed: 5 })['crm.csv'] ?? '').split(/\r\n|\r|\n/);
  const numbers = new Set(lines.flatMap((line) => /^"?\s*(\d+)\s*"?,/.exec(line)?.[1] ?? []).map(Number));
  const absent = Array.from({ length: 2000 }, (_, index) => 10001 + index).filter((id) => !numbers.has(id));
  t.deepEqual(absent, [10001 + 42 * 20 + 7, 10001 + 43 * 20 + 7], 'the two that are picked by hand have numbers of their own');
  t.true(numbers.has(1) && numbers.has(9007199254740991));
});

test('rows: about 4 % more CRM records, two orders and half a ticket a customer', (t) => {
  const files = filesOf({ rows: 4000, seed: 5 });
  const count = (file: string): number => (files[file] ?? '').split(/\r\n|\r|\n/).filter((line) => line !== '').length;
  t.true(Math.abs(count('crm.csv') - 4000 * 1.045) < 60);
  t.true(Math.abs(linesOf(files['orders.ndjson'] ?? '').length - 4000 * 2.1) < 60);
  t.true(Math.abs(count('support.csv') - 4000 * 0.5) < 40);
});

test('the array holds the objects of the lines, in their order', (t) => {
  const lines = linesOf(filesOf({ rows: 2000, seed: 9 })['orders.ndjson'] ?? '');
  const array = JSON.parse((filesOf({ rows: 2000, seed: 9, orders: 'array' })['orders.json'] ?? '').slice(1)) as unknown[];
  t.deepEqual(array, lines.flatMap(parsed));
  t.true(lines.length > array.length, 'the lines hold some that no array can');
});

test('chunks are about 64 kB, and each file comes in one stretch', (t) => {
  const seen: string[] = [];
  for (const { file, text } of generate({ rows: 5000, seed: 2 })) {
    t.true(text.length < 64 * 1024 + 2000);
    if (seen.at(-1) !== file) seen.push(file);
  }
  t.deepEqual(seen, ['crm.csv', 'orders.ndjson', 'support.csv', 'postcodes.csv', 'companies.csv']);
});

test('every file ends in a line end', (t) => {
  for (const [file, text] of Object.entries(filesOf({ rows: 3000, seed: 11 }))) t.true(text.endsWith('\n'), file);
});

test('no customers is a header and nothing else, and a fraction is refused', (t) => {
  const files = filesOf({ rows: 0, seed: 1 });
  t.is(linesOf(files['crm.csv'] ?? '').length, 1);
  t.is(files['orders.ndjson'], '');
  t.throws(() => filesOf({ rows: 1.5, seed: 1 }), { instanceOf: RangeError });
});

test('the committed samples and lookups are what the generator makes', (t) => {
  const files = filesOf({ rows: 2000, seed: 360 });
  for (const file of ['crm.csv', 'orders.ndjson', 'support.csv']) t.true(files[file] === read(`samples/${file}`), file);
  t.true([...cleanPostcodes()].join('') === read('lookups/postcodes.csv'));
  t.true([...cleanCompanies()].join('') === read('lookups/companies.csv'));
});
