import test from 'ava';
import { type Files, generated, RunFolder } from '../run-in-folder.ts';

const CUSTOMERS = 600;
const METADATA = ['run_id', 'processed_at', 'updated_at', 'row_hash'];
type Row = Record<string, string | number | null>;

const byId = (rows: readonly Row[]): Map<number, Row> => new Map(rows.map((row) => [Number(row['customer_id']), row]));
const without = (row: Row, names: readonly string[]): Row => Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));

/** The same files with orders of one penny more for some customers: what changes is known without reading the CRM. */
function withOnePennyMore(files: Files, customers: readonly number[]): Files {
  const extra = customers.map((id, i) => JSON.stringify({ order_id: 900_000_000 + i, customer_id: id, amount: 0.01, date: '2025-01-01' }));
  const orders = Buffer.concat([files.orders.bytes, Buffer.from(`\n${extra.join('\n')}\n`)]);
  return { ...files, orders: { ...files.orders, bytes: orders } };
}

/** A clock that a test sets by hand. */
const clockAt = (iso: string) => () => new Date(iso);

test('the second run on the same input inserts 0, updates 0 and changes no value of any row', async (t) => {
  const folder = await RunFolder.make(generated(CUSTOMERS, 11));
  await folder.run({ now: clockAt('2026-01-01T01:00:00Z') });
  const before = await folder.rows();
  const { document } = await folder.run({ now: clockAt('2026-01-02T01:00:00Z') });
  t.deepEqual(document.load['customer_enriched'], { inserted: 0, updated: 0, unchanged: CUSTOMERS, deleted: 0 });
  t.deepEqual(await folder.rows(), before);
  await folder.remove();
});

test('1 % changed rows update exactly those, created_at kept, all others untouched', async (t) => {
  const files = generated(CUSTOMERS, 12);
  const folder = await RunFolder.make(files);
  await folder.run({ now: clockAt('2026-01-01T01:00:00Z') });
  const before = byId(await folder.rows());
  const changed = [...before.keys()].filter((_, i) => i % 100 === 0);
  await folder.put(withOnePennyMore(files, changed).orders);
  const { document } = await folder.run({ now: clockAt('2026-01-02T01:00:00Z') });
  t.deepEqual(document.load['customer_enriched'], { inserted: 0, updated: changed.length, unchanged: CUSTOMERS - changed.length, deleted: 0 });
  const after = byId(await folder.rows());
  for (const [id, row] of before) {
    const now = after.get(id) as Row;
    if (!changed.includes(id)) t.deepEqual(now, row);
    else {
      t.is(now['created_at'], row['created_at'] as string);
      t.not(now['updated_at'], row['updated_at'] as string);
      t.is(now['run_id'], document.runId);
      t.is(Math.round((Number(now['total_spent']) - Number(row['total_spent'])) * 100), 1);
    }
  }
  await folder.remove();
});

test('another as-of date moves days_since_last_contact alone', async (t) => {
  const folder = await RunFolder.make(generated(CUSTOMERS, 13));
  await folder.run({ asOf: '2026-01-01', now: clockAt('2026-01-01T01:00:00Z') });
  const before = byId(await folder.rows());
  const { document } = await folder.run({ asOf: '2026-01-08', now: clockAt('2026-01-08T01:00:00Z') });
  t.deepEqual(document.load['customer_enriched'], { inserted: 0, updated: 0, unchanged: CUSTOMERS, deleted: 0 });
  let moved = 0;
  for (const [id, row] of byId(await folder.rows())) {
    const old = before.get(id) as Row;
    t.deepEqual(without(row, ['days_since_last_contact']), without(old, ['days_since_last_contact']));
    const days = old['days_since_last_contact'];
    t.is(row['days_since_last_contact'] as number | null, typeof days === 'number' ? days + 7 : null);
    if (days !== null) moved += 1;
  }
  t.true(moved > 100);
  await folder.remove();
});

test('a customer that left the export is kept, and not counted as unchanged', async (t) => {
  const files = generated(CUSTOMERS, 14);
  const folder = await RunFolder.make(files);
  await folder.run();
  const whole = await folder.rows();
  await folder.put(generated(CUSTOMERS / 2, 14).crm);
  const { document } = await folder.run();
  const counts = document.load['customer_enriched'];
  t.is((await folder.rows()).length, whole.length + (counts?.inserted ?? 0));
  t.true((counts?.unchanged ?? 0) + (counts?.updated ?? 0) < CUSTOMERS);
  t.deepEqual(
    METADATA.filter((name) => !(name in (whole[0] ?? {}))),
    [],
  );
  await folder.remove();
});
