import { join } from 'node:path';
import test from 'ava';
import { asText, dateColumn, eq, moneyColumn, published } from 'daybook';
import * as z from 'zod';
import { openWarehouse } from '../../../toolkit/warehouse/open-warehouse.ts';
import { peopleQuery, requestOf, sessionOf, temporaryFolder } from './people.ts';
import { ask } from './raw-sqlite.ts';

const row = z.object({
  id: z.int(),
  name: z.string(),
  score: z.int().nullable(),
  spent: moneyColumn().nullable(),
  latitude: z.number().nullable(),
  seen: dateColumn().nullable(),
});

test('what is published comes back typed, money exact and dates as dates', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'w.sqlite');
  await openWarehouse({ kind: 'sqlite', path }).load(await requestOf(await sessionOf(t), folder, { query: peopleQuery(300), runId: 'one' }));
  const people = await published(path, 'people', row);
  t.deepEqual(people.columns, Object.keys(row.shape));
  const one = people.filter((c) => eq(c.id, 17)).derive((c) => ({ spent: asText(c.spent) }));
  const [given] = (await one.collect()).objects() as Record<string, unknown>[];
  const [stored] = await ask<Record<string, unknown>>(path, 'SELECT id, name, score, spent, latitude, seen FROM people WHERE id = 17');
  t.deepEqual(given, { ...stored, spent: (stored?.['spent'] as number).toFixed(2), seen: new Date(`${stored?.['seen']}T00:00:00Z`) });
  t.is(await people.count(), 300);
});

test('a table that is not there is refused with the remedy', async (t) => {
  const fault = await t.throwsAsync(published(join(temporaryFolder(t), 'w.sqlite'), 'people', row));
  t.like(fault, { code: 'warehouse.not-published' });
});
