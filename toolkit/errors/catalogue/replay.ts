import { entry } from '../entry.ts';
import { EXIT } from '../exit.ts';

export interface Line {
  readonly path: string;
  readonly line: number;
}

const at = ({ path, line }: Line) => ({ file: path, line });
const quotedList = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
const EXPORT = 'daybook rejects export RUN --values';

/** What can be wrong with corrections and with the run that they are for. What stood in a record is never said. */
export const replayErrors = {
  'replay.no-file': entry<{ path: string; exists: boolean }>({
    exit: EXIT.noInput,
    cause: 'The path of the corrected export is misspelt, or the file lies elsewhere.',
    what: ({ path, exists }) =>
      exists ? `"${path}" is no ordinary file; corrections are read from one.` : `The file of corrections does not exist: "${path}".`,
    where: ({ path }) => ({ file: path, key: '--with' }),
    fix: () => `Name the file that \`${EXPORT}\` gave and a person corrected.`,
  }),
  'replay.rejects-gone': entry<{ runId: string }>({
    exit: EXIT.noInput,
    cause: 'The retention ("state.retentionDays") has removed what the run refused, and the corrections it was made with.',
    what: ({ runId }) => `What the run ${runId} refused is no longer kept: nothing says what the corrections stand for.`,
    where: () => ({ key: 'RUN' }),
    fix: () => 'Run the pipeline again, export the rejects of the new run, and correct those.',
  }),
  'replay.trial': entry<{ runId: string }>({
    exit: EXIT.usage,
    cause: 'The run was given --limit: it read the beginning of each source alone.',
    what: ({ runId }) => `The run ${runId} was a trial on the first records and cannot be replayed.`,
    where: () => ({ key: 'RUN' }),
    fix: () => 'Run or validate the pipeline without --limit, and correct the rejects of that run.',
  }),
  'replay.other-environment': entry<{ runId: string; environment: string; asked: string }>({
    exit: EXIT.usage,
    cause: 'A replay publishes to the environment it is started for; that of the run was another.',
    what: ({ runId, environment, asked }) => `The run ${runId} was in "${environment}", not in "${asked}".`,
    where: () => ({ key: '--env' }),
    fix: ({ environment }) => `Add --env ${environment}.`,
  }),
  'replay.files-unknown': entry<{ runId: string }>({
    exit: EXIT.data,
    cause: 'The run was interrupted before it wrote down what it had read, or is of a Daybook that did not yet do so.',
    what: ({ runId }) => `It is not known which files the run ${runId} read, so nobody can say that they are still the same.`,
    where: () => ({ key: 'RUN' }),
    fix: () => 'Run the pipeline again and correct the rejects of that run; or add --force if you are sure of the files.',
  }),
  'replay.file-changed': entry<{ source: string; file: string; runId: string }>({
    exit: EXIT.data,
    cause: 'A new export was delivered in the place of the old one, somebody edited it, or the configuration names another file.',
    what: ({ source, file, runId }) => `The file "${file}" of "${source}" is not as the run ${runId} read it.`,
    where: ({ source }) => ({ key: `sources.${source}` }),
    fix: ({ source }) =>
      `Set "sources.${source}" to the files of that run, or run the pipeline anew and correct its rejects; --force corrects the same records of the files as they are now.`,
  }),
  'replay.record-changed': entry<{ source: string; file: string; record: number }>({
    exit: EXIT.data,
    cause: 'The file was changed and --force was given, but where the record stood there is another one now, or none.',
    what: ({ source, file, record }) => `Record ${record} of "${file}" of "${source}" is not the one that was refused.`,
    where: ({ source }) => ({ key: `sources.${source}` }),
    fix: () => 'Run the pipeline anew, export its rejects and correct those.',
  }),
  'replay.ambiguous-file': entry<{ source: string; file: string }>({
    exit: EXIT.data,
    cause: 'The pattern of the source matches files of one name in several folders, and rejects name a file without its folder.',
    what: ({ source, file }) => `Several files of "${source}" are called "${file}": it is not clear which one is corrected.`,
    where: ({ source }) => ({ key: `sources.${source}` }),
    fix: () => 'Give the files different names, run the pipeline anew and correct its rejects.',
  }),
  'replay.without-values': entry<Line>({
    exit: EXIT.data,
    cause: 'The rejects were exported without --values, or a program dropped the column.',
    what: () => 'There is no "raw" to correct: the file holds no records.',
    where: at,
    fix: () => `Export the rejects with \`${EXPORT}\` and correct "raw" there; an empty text leaves a record out.`,
  }),
  'replay.unknown-column': entry<{ path: string; columns: readonly string[] }>({
    exit: EXIT.data,
    cause: 'A column was added, perhaps for a correction or a remark; only "raw" is read.',
    what: ({ columns }) => `The file of corrections has a column that an export does not have: ${quotedList(columns)}.`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Remove the column; corrections are made in "raw".',
  }),
  'replay.bad-line': entry<Line & { reason: string }>({
    exit: EXIT.data,
    cause: 'A quote or a comma was lost while the file was edited by hand.',
    what: ({ reason }) => `A line of the file of corrections cannot be read. ${reason}`,
    where: at,
    fix: () => 'Mend the line, or export the rejects again and use an editor for CSV or JSON.',
  }),
  'replay.other-run': entry<Line & { runId: string }>({
    exit: EXIT.data,
    cause: 'The corrected export is of another run than the one that was named.',
    what: ({ runId }) => `A line is of another run than ${runId}.`,
    where: at,
    fix: () => 'Name the run that stands in the column "run_id".',
  }),
  'replay.unknown-line': entry<Line & { runId: string }>({
    exit: EXIT.data,
    cause: 'The columns that say which record is meant (source, file, record, rule) were changed, or the line was added by hand.',
    what: ({ runId }) => `A line names no rule that was broken in the run ${runId}.`,
    where: at,
    fix: () => 'Remove the line, or give it back the source, file, record and rule of the export.',
  }),
  'replay.warned-record': entry<Line>({
    exit: EXIT.data,
    cause: 'The record was accepted with a warning: it is published, and its content is not kept with the rejects.',
    what: () => 'A record is corrected that was not refused, only warned of.',
    where: at,
    fix: () => 'Leave "raw" of that line empty and have the record mended where it comes from.',
  }),
  'replay.bad-record': entry<Line>({
    exit: EXIT.data,
    cause: 'A quote, a comma or a brace was lost in "raw".',
    what: () => 'The corrected record is no JSON object.',
    where: at,
    fix: () => 'Write "raw" as it was exported, {"column": "text", …} with null where there is nothing; empty "raw" to leave the record out.',
  }),
  'replay.other-columns': entry<Line & { missing: readonly string[] }>({
    exit: EXIT.data,
    cause: 'A column was misspelt, added or removed in "raw".',
    what: ({ missing }) =>
      missing.length > 0
        ? `The corrected record lacks ${quotedList(missing)}.`
        : 'The corrected record has a column that the exported one does not have.',
    where: at,
    fix: () => 'Keep the columns of "raw" as they were exported; null is for what is not there.',
  }),
  'replay.contradiction': entry<Line & { source: string; file: string; record: number; other: number }>({
    exit: EXIT.data,
    cause: 'A record that broke several rules stands in several lines, and two of them were corrected differently.',
    what: ({ source, file, record, line, other }) =>
      `Record ${record} of "${file}" of "${source}" is corrected in two ways, in lines ${other} and ${line}.`,
    where: at,
    fix: () => 'Correct it in one of its lines and leave the others as they were exported.',
  }),
  'replay.nothing-corrected': entry<{ path: string }>({
    exit: EXIT.data,
    cause: 'No "raw" differs from what was exported: the file was not saved, or the corrections were made in another column.',
    what: () => 'Nothing is corrected in the file of corrections.',
    where: ({ path }) => ({ file: path }),
    fix: () => 'Correct records in the column "raw", save the file and try again.',
  }),
};
