import { join } from 'node:path';
import test from 'ava';
import type { Session } from '../../../toolkit/frame/session.ts';
import { publishedRows } from '../../../toolkit/warehouse/sqlite/published-rows.ts';
import { sqliteWarehouse } from '../../../toolkit/warehouse/sqlite/sqlite-warehouse.ts';
import type { TableCounts } from '../../../toolkit/warehouse/warehouse.ts';
import { type Ask, peopleQuery, requestOf, sessionOf, temporaryFolder } from './people.ts';

const loader = (folder: string, session: Session) => {
  const warehouse = sqliteWarehouse({ path: join(folder, 'w.sqlite') });
  return async (ask: Ask): Promise<TableCounts | undefined> => (await warehouse.load(await requestOf(session, folder, ask)))['people'];
};

test('a customer that is gone stays as it was by default, and is not counted', async (t) => {
  const folder = temporaryFolder(t);
  const load = loader(folder, await sessionOf(t));
  await load({ query: peopleQuery(10), runId: 'one' });
  const before = await publishedRows(join(folder, 'w.sqlite'), 'people');
  t.deepEqual(await load({ query: peopleQuery(8), runId: 'two' }), { inserted: 0, updated: 0, unchanged: 8, deleted: 0 });
  t.deepEqual(await publishedRows(join(folder, 'w.sqlite'), 'people'), before);
});

test('delete removes what is gone', async (t) => {
  const folder = temporaryFolder(t);
  const load = loader(folder, await sessionOf(t));
  await load({ query: peopleQuery(10), runId: 'one' });
  t.deepEqual(await load({ query: peopleQuery(8), runId: 'two', onMissing: 'delete' }), { inserted: 0, updated: 0, unchanged: 8, deleted: 2 });
  t.is((await publishedRows(join(folder, 'w.sqlite'), 'people')).length, 8);
});

test('flag says since when a customer is missing, once, and forgets it when the customer is back', async (t) => {
  const folder = temporaryFolder(t);
  const load = loader(folder, await sessionOf(t));
  const flags = async () => (await publishedRows(join(folder, 'w.sqlite'), 'people')).map((row) => row['missing_since']);
  await load({ query: peopleQuery(4), runId: 'one' });
  t.deepEqual(await flags(), [undefined, undefined, undefined, undefined]);
  t.deepEqual(await load({ query: peopleQuery(2), runId: 'two', onMissing: 'flag', asOf: '2026-01-01' }), {
    inserted: 0,
    updated: 0,
    unchanged: 2,
    deleted: 0,
  });
  t.deepEqual(await flags(), [null, null, '2026-01-01', '2026-01-01']);
  await load({ query: peopleQuery(1), runId: 'three', onMissing: 'flag', asOf: '2026-02-02' });
  t.deepEqual(await flags(), [null, '2026-02-02', '2026-01-01', '2026-01-01']);
  t.is((await load({ query: peopleQuery(3), runId: 'four', onMissing: 'flag', asOf: '2026-03-03' }))?.unchanged, 3);
  t.deepEqual(await flags(), [null, null, null, '2026-01-01']);
  await load({ query: peopleQuery(5, 4), runId: 'five', onMissing: 'keep' });
  t.deepEqual(await flags(), [null, null, null, null, null]);
});

test('a first load with flag has the column from the beginning', async (t) => {
  const folder = temporaryFolder(t);
  const load = loader(folder, await sessionOf(t));
  await load({ query: peopleQuery(2), runId: 'one', onMissing: 'flag' });
  t.deepEqual(
    (await publishedRows(join(folder, 'w.sqlite'), 'people')).map((row) => row['missing_since']),
    [null, null],
  );
});
