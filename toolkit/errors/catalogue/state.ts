import { entry } from '../entry.ts';
import { EXIT } from '../exit.ts';

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

/** What can be wrong with the folder that Daybook keeps its own state in ("state.dir"). */
export const stateErrors = {
  'state.cannot-create': entry<{ path: string; doing: string }>({
    exit: EXIT.cannotCreate,
    cause: 'The folder above "state.dir" does not exist, or a file stands in a folder’s place.',
    what: ({ doing, path }) => `Daybook cannot ${doing} "${path}".`,
    where: ({ path }) => ({ file: path, key: 'state.dir' }),
    fix: () => 'Make the folder above it, remove what stands in its place, or set "state.dir" elsewhere.',
  }),
  'state.not-permitted': entry<{ path: string; doing: string }>({
    exit: EXIT.notPermitted,
    cause: 'The state belongs to another user (a run under sudo, perhaps), or the disk is mounted read-only.',
    what: ({ doing, path }) => `Daybook is not permitted to ${doing} "${path}".`,
    where: ({ path }) => ({ file: path, key: 'state.dir' }),
    fix: () => 'Give the folder to the user that runs Daybook, or set "state.dir" to one that it may write.',
  }),
  'state.disk-full': entry<{ path: string; doing: string }>({
    exit: EXIT.io,
    cause: 'The disk, or the user’s quota, is used up where "state.dir" lies.',
    what: ({ doing, path }) => `The disk is full: Daybook could not ${doing} "${path}".`,
    where: ({ path }) => ({ file: path, key: 'state.dir' }),
    fix: () => 'Free disk space, or lower "state.retentionDays", and run again.',
  }),
  'state.no-room': entry<{ path: string; neededBytes: number; freeBytes: number }>({
    exit: EXIT.io,
    cause: 'The disk under "state.dir" has less room than a run on sources of this size needs while it works.',
    what: ({ path, neededBytes, freeBytes }) =>
      `The disk has too little room: the run needs about ${megabytes(neededBytes)} below "${path}", and ${megabytes(freeBytes)} are free. Nothing was published.`,
    where: ({ path }) => ({ file: path, key: 'state.dir' }),
    fix: () => 'Free disk space, remove old runs with `daybook runs prune`, or set "state.dir" to a disk with room, and run again.',
  }),
  'state.io': entry<{ path: string; doing: string; code: string }>({
    exit: EXIT.io,
    cause: 'The disk or the file system answered with an error.',
    what: ({ doing, path, code }) => `Daybook could not ${doing} "${path}" (${code}).`,
    where: ({ path }) => ({ file: path, key: 'state.dir' }),
    fix: () => 'Check the disk, then run again.',
  }),
  'state.locked': entry<{ pipeline: string; runId: string | null; since: string | null; file: string }>({
    exit: EXIT.tryAgain,
    cause: 'The last run has not ended yet: it is slow, it hangs, or two schedules overlap.',
    what: ({ pipeline, runId, since }) => `Another run of "${pipeline}" is going on${runId ? `: ${runId}` : ''}${since ? `, since ${since}` : ''}.`,
    where: ({ file }) => ({ file }),
    fix: () => 'Wait until it has ended and try again; `daybook runs list` shows it. The lock frees itself when the process ends.',
  }),
  'state.lock-damaged': entry<{ pipeline: string; file: string }>({
    exit: EXIT.io,
    cause: 'Something other than Daybook wrote into the lock file, or the disk lost it.',
    what: ({ pipeline }) => `The lock file of "${pipeline}" is damaged.`,
    where: ({ file }) => ({ file }),
    fix: () => 'Make sure that no run is going on, delete the file and run again.',
  }),
  'state.unknown-run': entry<{ asked: string; latest: string | null }>({
    exit: EXIT.usage,
    cause: 'The run’s id was mistyped, or its record was removed by the retention.',
    what: ({ asked, latest }) => (latest ? `There is no run "${asked}".` : `There is no run "${asked}": nothing has run here yet.`),
    where: () => ({ key: 'RUN' }),
    fix: ({ latest }) => (latest ? `Use "latest" (${latest}), or look it up with \`daybook runs list\`.` : 'Start one with `daybook run PIPELINE`.'),
  }),
  'state.ambiguous-run': entry<{ asked: string; matches: readonly string[] }>({
    exit: EXIT.usage,
    cause: 'The beginning of a run’s id fits several runs.',
    what: ({ asked, matches }) => `"${asked}" fits ${matches.length} runs: ${matches.slice(0, 5).join(', ')}${matches.length > 5 ? ' …' : ''}.`,
    where: () => ({ key: 'RUN' }),
    fix: () => 'Give more of the id.',
  }),
  'state.no-previous-run': entry<{ runId: string; pipeline: string; environment: string }>({
    exit: EXIT.usage,
    cause: 'It was the first run of this pipeline in this environment, or the records of earlier ones were removed by the retention.',
    what: ({ runId, pipeline, environment }) => `There is no run of "${pipeline}" in "${environment}" before "${runId}".`,
    where: () => ({ key: 'previous' }),
    fix: () => 'Name two runs; `daybook runs list` shows those that there are.',
  }),
  'state.record-damaged': entry<{ runId: string; file: string }>({
    exit: EXIT.io,
    cause: 'The record of one run cannot be read: it was edited by hand, or the disk lost it.',
    what: ({ runId }) => `The record of the run ${runId} is damaged.`,
    where: ({ file }) => ({ file }),
    fix: () => 'Restore it from a backup, or delete the run’s folder. Other runs are not affected.',
  }),
  'state.interrupted': entry<{ runId: string }>({
    exit: EXIT.tryAgain,
    cause: 'The process was killed, or the machine stopped, in the middle of a run.',
    what: ({ runId }) => `The run ${runId} ended without a word: its process is gone. The last good state stands.`,
    fix: () => 'Run the pipeline again; nothing has to be cleaned up.',
  }),
  'state.answers-damaged': entry<{ file: string }>({
    exit: EXIT.io,
    cause: 'The disk lost the cache of a service’s answers, or something other than Daybook wrote into it. No run is stopped by it.',
    what: () => 'The answers that a service gave to earlier runs cannot be read: all is asked for again.',
    where: ({ file }) => ({ file }),
    fix: () => 'Nothing has to be done: the run makes the file anew. If it happens again, check the disk.',
  }),
};
