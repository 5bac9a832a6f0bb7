import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { publishedRows, tableSummary } from '../../../toolkit/warehouse/sqlite/published-rows.ts';
import { sqliteWarehouse } from '../../../toolkit/warehouse/sqlite/sqlite-warehouse.ts';
import { TYPESCRIPT } from '../../typescript-child.ts';
import { peopleQuery, requestOf, sessionOf, temporaryFolder } from './people.ts';
import { ask } from './raw-sqlite.ts';

const ROWS = 8000;

const child = (path: string, scratch: string, die: string): ChildProcess =>
  fork(join(import.meta.dirname, 'load-in-child.ts'), [path, scratch, String(ROWS), '2', die], {
    execArgv: [...TYPESCRIPT],
    stdio: 'ignore',
  });

/** Old: what was there before; new: what the killed run had to bring. Anything else fails the test. */
async function stateOf(t: ExecutionContext, path: string, hadRows: boolean): Promise<'old' | 'new'> {
  t.deepEqual(await ask(path, 'PRAGMA integrity_check'), [{ integrity_check: 'ok' }]);
  const summary = await tableSummary(path, 'people');
  const ofChild = summary ? (await publishedRows(path, 'people')).filter((row) => row['run_id'] === 'child').length : 0;
  const audited = summary?.lastRun ? (await ask(path, `SELECT 1 FROM enrichment_audit WHERE run_id = 'child'`)).length : 0;
  const state = audited === 1 ? 'new' : 'old';
  const brought = hadRows ? ROWS / 2 : ROWS;
  t.deepEqual([summary?.rows ?? 0, ofChild], state === 'new' ? [ROWS, brought] : [hadRows ? ROWS : 0, 0]);
  return state;
}

const survives = test.macro({
  title: (given, die: string, hadRows: boolean) =>
    `a kill while ${die}${given ?? ''} leaves old or new ${hadRows ? 'rows' : 'in a new file'}, and the next run succeeds`,
  async exec(t, die: string, hadRows: boolean, expected: 'old' | null) {
    const folder = temporaryFolder(t);
    const [path, scratch] = [join(folder, 'w.sqlite'), join(folder, 'scratch')];
    mkdirSync(scratch);
    const session = await sessionOf(t);
    const warehouse = sqliteWarehouse({ path });
    if (hadRows) await warehouse.load(await requestOf(session, scratch, { query: peopleQuery(ROWS), runId: 'before' }));
    const process = child(path, scratch, die);
    if (die === 'committing') process.once('message', () => process.kill('SIGKILL'));
    const [, signal] = (await once(process, 'exit')) as [number | null, string | null];
    if (expected) t.is(signal, 'SIGKILL');
    const state = await stateOf(t, path, hadRows);
    if (expected) t.is(state, expected);
    const next = await warehouse.load(await requestOf(session, scratch, { query: peopleQuery(ROWS, 2), runId: 'next' }));
    const fresh = hadRows
      ? { inserted: 0, updated: ROWS / 2, unchanged: ROWS / 2, deleted: 0 }
      : { inserted: ROWS, updated: 0, unchanged: 0, deleted: 0 };
    t.deepEqual(next['people'], state === 'old' ? fresh : { inserted: 0, updated: 0, unchanged: ROWS, deleted: 0 });
  },
});
for (const hadRows of [false, true]) {
  test.serial(survives, 'staging', hadRows, 'old');
  test.serial(survives, 'merging', hadRows, 'old');
  for (const round of [1, 2]) test.serial(`, round ${round},`, survives, 'committing', hadRows, null);
}
