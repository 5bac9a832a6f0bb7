import test from 'ava';
import { readParquet, Session } from '../../toolkit/frame/index.ts';
import { REJECT_COLUMNS, type RejectRow } from '../../toolkit/run/index.ts';
import { type ReferenceResult, reference } from '../reference/index.ts';
import { rowOf } from '../reference-row.ts';
import { type Files, generated, RunFolder, SOURCES } from '../run-in-folder.ts';

const AS_OF = '2026-01-01';
const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

const referenceOf = (files: Files): ReferenceResult =>
  reference({ sources: Object.fromEntries(SOURCES.map((source) => [source, [files[source]]])) as never, asOf: AS_OF });

async function brokenOf(file: string): Promise<string[]> {
  const session = await Session.open();
  try {
    const table = await readParquet<RejectRow>(file, REJECT_COLUMNS).collect({ session });
    return (table.objects() as RejectRow[]).map(placeOf).sort();
  } finally {
    session.close();
  }
}
const placeOf = (it: Omit<RejectRow, 'reason' | 'value' | 'raw'>): string =>
  [it.source, it.file, it.record, it.line, it.key, it.rule, it.column, it.severity].join(' | ');

const equalsReference = test.macro(async (t, rows: number, seed: number, form: 'ndjson' | 'array') => {
  const files = generated(rows, seed, form);
  const folder = await RunFolder.make(files);
  try {
    const { document } = await folder.run({ asOf: AS_OF });
    t.is(document.error, null);
    const expected = referenceOf(files);
    t.deepEqual(document.rows, expected.rows);
    t.deepEqual(document.rules, expected.rules);
    const published = new Map((await folder.rows()).map((row) => [row['customer_id'], row]));
    t.is(published.size, expected.customers.length);
    for (const customer of expected.customers) {
      const row = published.get(customer.customer_id) ?? {};
      const want = rowOf(customer);
      const have = Object.fromEntries(Object.keys(want).map((name) => [name, row[name]]));
      if (JSON.stringify(have) !== JSON.stringify(want)) return t.deepEqual(have, want);
    }
    t.deepEqual(await brokenOf(document.artefacts.rejects ?? ''), expected.broken.map(placeOf).sort());
  } finally {
    await folder.remove();
  }
});

for (const seed of SEEDS) {
  const form = seed % 2 === 0 ? 'array' : 'ndjson';
  test.serial(`equals the reference on 5,000 customers, seed ${seed}, orders as ${form}`, equalsReference, 5_000, seed, form);
}
test.serial('equals the reference on 100,000 customers', equalsReference, 100_000, 2026, 'ndjson');
