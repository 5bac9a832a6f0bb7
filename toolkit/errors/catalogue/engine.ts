import { entry } from '../entry.ts';
import { EXIT } from '../exit.ts';

/** What DuckDB can refuse, in our words: its own messages quote whole rows. */
export const engineErrors = {
  'engine.out-of-memory': entry<{ limit: string }>({
    exit: EXIT.io,
    cause: 'The work does not fit in the memory the run may use, even by spilling to disk.',
    what: ({ limit }) => `The engine ran out of memory (limit ${limit}).`,
    where: () => ({ key: 'limits.memory' }),
    fix: () => 'Raise "limits.memory", lower "engine.threads", or free disk space under "state.dir" so that more can be spilled.',
  }),
  'engine.disk': entry<{ folder: string }>({
    exit: EXIT.io,
    cause: 'The disk is full or failing where the engine keeps its temporary files.',
    what: () => 'The engine cannot write its temporary files.',
    where: ({ folder }) => ({ file: folder }),
    fix: () => 'Free disk space, or set "state.dir" to a disk with room, and run again.',
  }),
  'engine.failed': entry<{ doing: string; kind: string }>({
    exit: EXIT.bug,
    cause: 'A query was refused by the engine: a fault of Daybook or of a pipeline’s transform.',
    what: ({ doing, kind }) => `The engine refused to ${doing} (${kind}).`,
    fix: () => 'Look at the log with `daybook logs --level error` and report it.',
  }),
  'frame.unknown-column': entry<{ verb: string; column: string; known: readonly string[]; suggestion: string | null }>({
    exit: EXIT.bug,
    cause: 'A transform names a column that its frame does not have.',
    what: ({ verb, column, suggestion }) => `${verb}: there is no column "${column}".${suggestion ? ` Did you mean "${suggestion}"?` : ''}`,
    where: ({ known }) => ({ key: `columns: ${known.join(', ')}` }),
    fix: () => 'Correct the name in the transform.',
  }),
  'frame.name-clash': entry<{ verb: string; columns: readonly string[] }>({
    exit: EXIT.bug,
    cause: 'Two columns of one name would stand in the result.',
    what: ({ verb, columns }) => `${verb}: two columns would be called "${columns.join('", "')}".`,
    fix: () => 'Rename or select before the verb.',
  }),
  'frame.bad-value': entry<{ value: string }>({
    exit: EXIT.bug,
    cause: 'A transform uses a value that no column can hold.',
    what: ({ value }) => `"${value}" is not a value a column can hold.`,
    fix: () => 'Use a text, a finite number, a date, true, false or null.',
  }),
};
