import type { Step } from './disk-trace.ts';

/** An order that a promise rests on, and whether the steps of a run keep it. */
export interface Order {
  readonly order: string;
  readonly holds: boolean;
}

type Test = (step: Step) => boolean;

const RECORD = /^state\/runs\/[^/]+\/run\.json$/;
const REJECTS = /^state\/runs\/[^/]+\/rejects\.parquet$/;
const TABLE = 'warehouse.sqlite';
const JOURNAL = /^warehouse\.sqlite-(?:journal|wal)$/;

const writes =
  (path: string | RegExp): Test =>
  (step) =>
    step.does === 'write' && (typeof path === 'string' ? step.path === path : path.test(step.path));

/** Whether a wait for a path lies wholly between two steps. */
const isSynced = (steps: readonly Step[], path: string, after: number, before: number): boolean =>
  steps.slice(after + 1, before).some((step) => step.does === 'sync' && step.path === path && step.since > after);

const lastBefore = (steps: readonly Step[], end: number, test: Test): number => steps.slice(0, end).findLastIndex(test);
const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.');

/** The orders that the promises to a reader rest on, judged on what a run that succeeded did to its files. */
export function ordersOf(steps: readonly Step[]): Order[] {
  const all = (test: Test): [Step, number][] => steps.flatMap((step, at): [Step, number][] => (test(step) ? [[step, at]] : []));
  const renames = all((step) => step.does === 'rename') as [Extract<Step, { does: 'rename' }>, number][];
  const records = renames.filter(([{ path }]) => RECORD.test(path));
  const inPlace = all(writes(TABLE));
  const firstChange = inPlace[0]?.[1] ?? steps.length;
  const journals = all((step) => (step.does === 'unlink' || step.does === 'create') && JOURNAL.test(step.path));
  const lastRecord = records.at(-1)?.[1] ?? -1;
  const rejects = lastBefore(steps, steps.length, writes(REJECTS));
  const rejectsPath = steps[rejects]?.path ?? '';
  const firstJournal = steps.findIndex((step) => step.does === 'write' && JOURNAL.test(step.path));
  const published = lastBefore(steps, lastRecord, (step) => step.does === 'write' && (step.path === TABLE || JOURNAL.test(step.path)));
  return [
    {
      order: 'what is renamed into place was synced before',
      holds: renames.length > 0 && renames.every(([{ from }, at]) => isSynced(steps, from, lastBefore(steps, at, writes(from)), at)),
    },
    {
      order: 'after the record is renamed its folder is synced',
      holds: records.length > 1 && records.every(([{ path }, at]) => isSynced(steps, folderOf(path), at, steps.length)),
    },
    {
      order: 'before the database is changed in place the journal, or the write-ahead log, is synced',
      holds: inPlace.length > 0 && inPlace.every(([, at]) => isJournalled(steps, at)),
    },
    {
      order: 'a new journal’s name is synced before the database is changed in place',
      holds: journals.length > 0 && isSynced(steps, '.', journals[0]?.[1] ?? 0, firstChange),
    },
    {
      order: 'the rejects and their name are synced before the load begins',
      holds: rejects >= 0 && isSynced(steps, rejectsPath, rejects, firstJournal) && isSynced(steps, folderOf(rejectsPath), rejects, firstJournal),
    },
    {
      order: 'what was published is synced before the record says succeeded',
      holds: published >= 0 && isSynced(steps, steps[published]?.path ?? '', published, lastRecord),
    },
    {
      order: 'the journal’s end is synced before the record says succeeded',
      holds: journals
        .filter(([step, at]) => step.does === 'unlink' && step.path.endsWith('-journal') && at < lastRecord)
        .every(([, at]) => isSynced(steps, '.', at, lastRecord)),
    },
  ];
}

/** Everything that stands in the journal when a page of the database is changed was synced. */
function isJournalled(steps: readonly Step[], at: number): boolean {
  const last = lastBefore(steps, at, (step) => step.does === 'write' && JOURNAL.test(step.path));
  return last >= 0 && isSynced(steps, steps[last]?.path ?? '', last, at);
}
