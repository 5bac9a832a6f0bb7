import { createHash } from 'node:crypto';
import { appendFileSync, closeSync, openSync } from 'node:fs';
import { open, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { DaybookError } from '../errors/index.ts';
import { type Frame, keep, readParquet, type Session, writeParquet } from '../frame/index.ts';
import { fileFault, guarded } from './fault.ts';
import { DAY_MS, namesIn, remove } from './retention.ts';
import { ownerOnly, type State } from './state.ts';

/**
 * Where the answers of one service are kept for one source of a pipeline; the run that holds the pipeline's lock alone touches them.
 * `kept` is a Parquet file that is only ever replaced whole. `journal` gets each answer as it comes, one JSON object a line: what
 * a run that was killed has left there is taken up by the next.
 */
export interface AnswerFiles {
  readonly kept: string;
  readonly journal: string;
}

const fileName = (text: string): string => encodeURIComponent(text).replaceAll('.', '%2E');

/** The files of a service's answers; `address` is what its answers depend on. */
export function answerFiles(
  { cache }: Pick<State, 'cache'>,
  of: { readonly pipeline: string; readonly source: string; readonly address: string },
): AnswerFiles {
  const service = createHash('sha256').update(of.address).digest('hex').slice(0, 12);
  const stem = join(cache, [fileName(of.pipeline), fileName(of.source), service].join('.'));
  return { kept: `${stem}.parquet`, journal: `${stem}.ndjson` };
}

/** The kept answers, held in the session; null where there are none. @throws DaybookError `state.answers-damaged` */
export async function readAnswers<R extends object>(
  session: Session,
  { kept }: AnswerFiles,
  columns: readonly (keyof R & string)[],
  now: Date,
): Promise<Frame<R> | null> {
  const isThere = await stat(kept).then(
    () => true,
    () => false,
  );
  if (!isThere) return null;
  try {
    const held = await keep(session, readParquet<R>(kept, columns), 'answers');
    await guarded('read the cache', kept, () => utimes(kept, now, now));
    return held.frame;
  } catch (fault) {
    if (fault instanceof DaybookError && fault.code === 'engine.failed')
      throw new DaybookError('state.answers-damaged', { file: kept }, { cause: fault });
    throw fault;
  }
}

/** Puts answers in the place of the kept ones, whole or not at all, and empties the journal that they came from. */
export async function writeAnswers(session: Session, { kept, journal }: AnswerFiles, answers: Frame<object>): Promise<void> {
  const draft = `${kept}.draft`;
  await writeParquet(session, answers, draft);
  await ownerOnly(draft);
  await guarded('write the cache', kept, async () => {
    const handle = await open(draft, 'r+');
    await handle.sync().finally(() => handle.close());
    await rename(draft, kept);
    await rm(journal, { force: true });
  });
}

/** A journal that is written. */
export interface Journal {
  /** Appends one line each, in one piece. @throws DaybookError `state.*` */
  add(lines: readonly object[]): void;
  close(): void;
}

/** Opens the journal behind what it holds, for its owner alone. @throws DaybookError `state.*` */
export function openJournal({ journal }: AnswerFiles): Journal {
  const worded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (fault) {
      throw fileFault(fault, 'write the cache', journal);
    }
  };
  const handle = worded(() => openSync(journal, 'a', 0o600));
  return {
    add: (lines) => worded(() => appendFileSync(handle, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))),
    close: () => closeSync(handle),
  };
}

/** When a journal that holds something was last written; null where there is none. */
export async function leftJournal({ journal }: AnswerFiles): Promise<Date | null> {
  const found = await stat(journal).catch(() => null);
  return found && found.size > 0 ? found.mtime : null;
}

/** Drops what a journal holds. */
export const dropJournal = ({ journal }: AnswerFiles): Promise<void> => remove(journal);

const ANSWERS = /\.[0-9a-f]{12}\.(?:parquet|parquet\.draft|ndjson)$/;

/** Removes the answers of services that no run has used for so many days. @throws DaybookError `state.*` */
export async function pruneAnswers({ cache }: Pick<State, 'cache'>, days: number, now: Date): Promise<void> {
  for (const name of (await namesIn(cache)).filter((it) => ANSWERS.test(it))) {
    const file = join(cache, name);
    const used = await stat(file).catch(() => null);
    if (used && now.getTime() - used.mtime.getTime() > days * DAY_MS) await remove(file);
  }
}
