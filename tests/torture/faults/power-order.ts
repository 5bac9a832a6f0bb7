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
const LOG = /^state\/logs\//;
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
  const renames = all((step) => step.does === 'rename' && !LOG.test(step.path)) as [Extract<Step, { does: 'rename' }>, number][];
  const records = renames.filter(([{ path }]) => RECORD.test(path));
  const lastRecord = records.at(-1)?.[1] ?? -1;
  const rejects = lastBefore(steps, steps.length, writes(REJECTS));
  const rejectsPath = steps[rejects]?.path ?? '';
  const naming = steps.findIndex((step) => step.does === 'link' && step.path === TABLE);
  const beginning = naming >= 0 ? naming : steps.findIndex((step) => step.does === 'write' && JOURNAL.test(step.path));
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
      order: 'the rejects and their name are synced before the load begins',
      holds: rejects >= 0 && [rejectsPath, folderOf(rejectsPath)].every((path) => isSynced(steps, path, rejects, beginning)),
    },
    ...(naming >= 0 ? ordersOfNewFile(steps, naming, lastRecord) : ordersInPlace(steps, lastRecord)),
  ];
}

/** Of a first load, whose staging file becomes the warehouse by getting its name. */
function ordersOfNewFile(steps: readonly Step[], naming: number, lastRecord: number): Order[] {
  const { from } = steps[naming] as Extract<Step, { does: 'link' }>;
  return [
    {
      order: 'the file that becomes the warehouse is synced before it gets its name',
      holds: isSynced(steps, from, lastBefore(steps, naming, writes(from)), naming),
    },
    { order: 'the warehouse’s name is synced before the record says succeeded', holds: isSynced(steps, '.', naming, lastRecord) },
  ];
}

/** Of a load into a warehouse that is there. */
function ordersInPlace(steps: readonly Step[], lastRecord: number): Order[] {
  const at = (test: Test): number[] => steps.flatMap((step, index) => (test(step) ? [index] : []));
  const inPlace = at(writes(TABLE));
  const journals = at((step) => (step.does === 'unlink' || step.does === 'create') && JOURNAL.test(step.path));
  const published = lastBefore(steps, lastRecord, (step) => step.does === 'write' && (step.path === TABLE || JOURNAL.test(step.path)));
  const journalEnds = at((step) => step.does === 'unlink' && step.path.endsWith('-journal')).filter((end) => end < lastRecord);
  return [
    {
      order: 'before the database is changed in place the journal, or the write-ahead log, is synced',
      holds: inPlace.length > 0 && inPlace.every((change) => isJournalled(steps, change)),
    },
    {
      order: 'a new journal’s name is synced before the database is changed in place',
      holds: journals.length > 0 && isSynced(steps, '.', journals[0] ?? 0, inPlace[0] ?? steps.length),
    },
    {
      order: 'what was published is synced before the record says succeeded',
      holds: published >= 0 && isSynced(steps, steps[published]?.path ?? '', published, lastRecord),
    },
    {
      order: 'the journal’s end is synced before the record says succeeded',
      holds: journalEnds.every((end) => isSynced(steps, '.', end, lastRecord)),
    },
  ];
}

/** Everything that stands in the journal when a page of the database is changed was synced. */
function isJournalled(steps: readonly Step[], at: number): boolean {
  const last = lastBefore(steps, at, (step) => step.does === 'write' && JOURNAL.test(step.path));
  return last >= 0 && isSynced(steps, steps[last]?.path ?? '', last, at);
}
