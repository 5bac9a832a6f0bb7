import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import test from 'ava';
import sqlite3 from 'sqlite3';
import { chance } from '../chance.ts';
import { daybook, startDaybook } from '../daybook-process.ts';
import { generated, RunFolder, SOURCES } from '../run-in-folder.ts';
import { SLOW } from '../slow.ts';

// A sample: `npm run torture -- kills` kills a hundred loads of 20,000 customers, in each stage.
const CUSTOMERS = 2_000;
const KILLS = 3;

const integrity = (path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const database = new sqlite3.Database(path, sqlite3.OPEN_READONLY, (fault) => fault && reject(fault));
    database.get('PRAGMA integrity_check', (fault, row: { integrity_check: string }) => {
      database.close();
      if (fault) reject(fault);
      else resolve(row.integrity_check);
    });
  });

const slowly = SLOW ? test : test.skip;
slowly('three kills at random moments leave the old state or the new, and the next plain run succeeds', async (t) => {
  t.timeout(600_000);
  const random = chance(20_260_101);
  const folder = await RunFolder.make(generated(CUSTOMERS, 1));
  const args = (...more: string[]) => [
    'run',
    'customer-360',
    '--json',
    '--as-of',
    '2026-01-01',
    ...SOURCES.flatMap((source) => ['--set', `sources.${source}=${join(folder.dir, 'in', folder.names.get(source) ?? '')}`]),
    '--set',
    `warehouse.path=${folder.warehouse}`,
    '--set',
    `state.dir=${folder.state}`,
    '--set',
    'quality.gates=off',
    ...more,
  ];
  const started = performance.now();
  t.is((await daybook(args())).code, 0);
  const wholeMs = performance.now() - started;
  let states = { old: 0, new: 0 };
  let before = await folder.rows();
  for (let kill = 1; kill <= KILLS; kill++) {
    await folder.put(generated(CUSTOMERS, kill + 1).crm);
    const { child, ended } = startDaybook(args());
    await Promise.race([pause((0.2 + random()) * wholeMs), ended]);
    child.kill('SIGKILL');
    const { code } = await ended;
    t.is(await integrity(folder.warehouse), 'ok');
    const after = await folder.rows();
    const isOld = JSON.stringify(after) === JSON.stringify(before);
    const runBefore = new Map(before.map((row) => [row['customer_id'], row['run_id']]));
    const runs = new Set(after.flatMap((row) => (runBefore.get(row['customer_id'] ?? null) === row['run_id'] ? [] : [row['run_id']])));
    if (!isOld) t.is(runs.size, 1, 'rows of more than one new run');
    states = isOld ? { ...states, old: states.old + 1 } : { ...states, new: states.new + 1 };
    const next = await daybook(args());
    t.is(next.code, 0, `after kill ${kill} (${code}): ${next.stderr}`);
    t.deepEqual(await readdir(join(folder.state, 'tmp')), []);
    before = await folder.rows();
  }
  t.is(states.old + states.new, KILLS);
  t.log(`${states.old} left the old state, ${states.new} the new`);
  await folder.remove();
});
