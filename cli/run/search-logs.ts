import { DaybookError } from '../../toolkit/errors/index.ts';
import { type Channel, type Level, type Line, readLog } from '../../toolkit/observe/index.ts';
import type { Context } from '../context.ts';
import { findRun, statesOf } from '../project/ledgers.ts';
import type { Choice } from '../project/light-config.ts';

/** Which lines are wanted, as the command line says it. */
export interface LogSearch {
  readonly run?: string | undefined;
  readonly level?: Level | undefined;
  readonly channel?: Channel | undefined;
  readonly since?: string | undefined;
  readonly text?: string | undefined;
  /** The newest so many. */
  readonly limit: number;
}

/** The newest lines that fit, the oldest of them first, and how many could not be read. @throws DaybookError `usage.bad-value`, `state.unknown-run` */
export async function searchLogs(
  search: LogSearch,
  choice: Choice,
  context: Pick<Context, 'cwd' | 'env' | 'now'>,
): Promise<{ readonly lines: readonly Line[]; readonly damaged: number }> {
  const since = search.since === undefined ? undefined : timeOf(search.since, context.now());
  const run = search.run === undefined ? undefined : ((await findRun(search.run, choice, context)).run.document.runId ?? undefined);
  let damaged = 0;
  let lines: Line[] = [];
  for (const { logs: folder } of statesOf(choice, context)) {
    const query = { folder, run, level: search.level, channel: search.channel, since, text: search.text, onDamaged: () => void (damaged += 1) };
    for await (const line of readLog(query)) {
      lines.push(line);
      // Only the end is wanted: what is certainly before it goes, now and then.
      if (lines.length > 2 * search.limit) lines = lines.slice(-search.limit);
    }
  }
  return { lines: lines.sort((a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0)).slice(-search.limit), damaged };
}

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A time as it was given, or so long before now. */
function timeOf(text: string, now: Date): Date {
  const [, amount, unit] = /^(\d+)([mhd])$/.exec(text) ?? [];
  const time =
    amount === undefined
      ? Date.parse(/^\d{4}-\d\d-\d\d/.test(text) ? text : '')
      : now.getTime() - Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS];
  if (!Number.isNaN(time)) return new Date(time);
  throw new DaybookError('usage.bad-value', { command: 'logs', option: '--since', must: 'a date, a time, or how long ago (30m, 2h, 7d)' });
}
