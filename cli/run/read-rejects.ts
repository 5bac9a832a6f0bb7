import { DaybookError } from '../../toolkit/errors/index.ts';
import { concat, count, desc, eq, type Frame, or, readParquet, Session } from '../../toolkit/frame/index.ts';
import { REJECT_COLUMNS, type RejectRow } from '../../toolkit/run/index.ts';
import { findRejects } from '../../toolkit/state/index.ts';
import type { KnownRun } from '../project/ledgers.ts';

/** How many records of a run broke one rule in one way. */
export interface RejectCount extends Pick<RejectRow, 'source' | 'rule' | 'severity' | 'reason'> {
  readonly records: number;
}

/** Where a broken rule stands. No key and no value: those are data. */
export type RejectPlace = Pick<RejectRow, 'source' | 'file' | 'record' | 'line' | 'rule' | 'column' | 'severity' | 'reason'>;

/** Which rejects are wanted. */
export interface RejectFilter {
  readonly source?: string | undefined;
  readonly rule?: string | undefined;
}

/**
 * Opens the rejects of a run for one piece of work.
 *
 * @throws DaybookError `usage.no-rejects`
 */
export async function withRejects<T>(
  { run, state }: KnownRun,
  signal: AbortSignal,
  work: (rejects: Frame<RejectRow>, session: Session) => Promise<T>,
): Promise<T> {
  const { runId, rows } = run.document;
  const file = runId === null ? null : await findRejects(state, runId);
  if (file === null) {
    const refused = Object.values(rows).reduce((sum, { rejected, warned }) => sum + rejected + warned, 0);
    throw new DaybookError('usage.no-rejects', { runId: runId ?? '', rows: refused });
  }
  const session = await Session.open({ signal });
  try {
    return await work(readParquet<RejectRow>(file, REJECT_COLUMNS), session);
  } finally {
    session.close();
  }
}

/** The rejects that a filter keeps. */
export const filtered = (rejects: Frame<RejectRow>, { source, rule }: RejectFilter): Frame<RejectRow> => {
  const ofSource = source === undefined ? rejects : rejects.filter((c) => eq(c.source, source));
  return rule === undefined ? ofSource : ofSource.filter((c) => or(eq(c.rule, rule), eq(concat(c.source, '.', c.rule), rule)));
};

/** Records by broken rule and what is wrong, the most first. */
export async function countsByRule(rejects: Frame<RejectRow>, session: Session): Promise<RejectCount[]> {
  const counted = rejects.groupby('source', 'rule', 'severity', 'reason').rollup(() => ({ records: count() }));
  return (await counted.orderby(desc('records'), 'source', 'rule').collect({ session })).objects({
    limit: Number.POSITIVE_INFINITY,
  }) as RejectCount[];
}

const PLACE = ['source', 'file', 'record', 'line', 'rule', 'column', 'severity', 'reason'] as const;

/** The first places in the order of the files, refused records before those that are only warned of. */
export async function firstPlaces(rejects: Frame<RejectRow>, limit: number, session: Session): Promise<RejectPlace[]> {
  const places = rejects
    .select(...PLACE)
    .orderby('severity', 'source', 'file', 'record', 'rule')
    .slice(0, limit);
  return (await places.collect({ session })).objects({ limit: Number.POSITIVE_INFINITY }) as RejectPlace[];
}
