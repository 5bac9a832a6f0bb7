import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readParquet, Session } from '../../toolkit/frame/index.ts';
import { REJECT_COLUMNS, type RejectRow, type RunDocument } from '../../toolkit/run/index.ts';
import { type ReferenceResult, reference } from '../reference/index.ts';
import { rowOf } from '../reference-row.ts';
import { type Files, generated, RunFolder, SOURCES } from '../run-in-folder.ts';

/** Sources to be generated: how many customers, which, and how the orders are written. */
export interface Case {
  readonly rows: number;
  readonly seed: number;
  readonly form: 'ndjson' | 'array';
  /** Further settings, `key=value`. */
  readonly set?: readonly string[];
}

const AS_OF = '2026-01-01';

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

/**
 * Runs customer-360 on generated sources and compares every count, every published value and the place of every reject with the
 * reference's; nothing may be left in the scratch folder. Gives the run's document.
 * @throws AssertionError at the first difference
 */
export async function equalsReference({ rows, seed, form, set = [] }: Case): Promise<RunDocument> {
  const files = generated(rows, seed, form);
  const folder = await RunFolder.make(files);
  try {
    const { document } = await folder.run({ asOf: AS_OF, set: ['quality.gates=off', ...set] });
    assert.equal(document.error, null);
    const expected = referenceOf(files);
    assert.deepEqual(document.rows, expected.rows);
    assert.deepEqual(document.rules, expected.rules);
    const published = new Map((await folder.rows()).map((row) => [row['customer_id'], row]));
    assert.equal(published.size, expected.customers.length);
    for (const customer of expected.customers) {
      const row = published.get(customer.customer_id) ?? {};
      const want = rowOf(customer);
      assert.deepEqual(Object.fromEntries(Object.keys(want).map((name) => [name, row[name]])), want);
    }
    assert.deepEqual(await brokenOf(document.artefacts.rejects ?? ''), expected.broken.map(placeOf).sort());
    assert.deepEqual(await readdir(join(folder.state, 'tmp')), []);
    return document;
  } finally {
    await folder.remove();
  }
}
