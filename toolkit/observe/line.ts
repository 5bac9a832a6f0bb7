import { flatten, type Scalar } from './flatten.ts';

/** Levels of the application log, the least first. */
export const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof LEVELS)[number];

/** app: what happens · audit: who did what to which data, and how it ended · performance: times and resources. */
export const CHANNELS = ['app', 'audit', 'performance'] as const;
export type Channel = (typeof CHANNELS)[number];

/** The file that a channel is written to, without `.log`. */
export const fileOf: Readonly<Record<Channel, string>> = { app: 'daybook', audit: 'audit', performance: 'performance' };

/** The keys that every line has. `ts` is UTC, ISO 8601 with `Z`. */
export interface LineHead {
  readonly ts: string;
  readonly level: Level;
  readonly channel: Channel;
  /** Null outside of a run. */
  readonly runId: string | null;
  readonly pipeline: string | null;
  readonly message: string;
}

/** One line of a log, as it is written: its head, then flat fields beside it. */
export type Line = LineHead & Readonly<Record<string, Scalar>>;

const HEAD: readonly (keyof LineHead)[] = ['ts', 'level', 'channel', 'runId', 'pipeline', 'message'];

/** Puts a line together: `mask` goes over message and fields first; a field named like a key of the head gets a `_` in front. */
export function lineOf(head: LineHead, fields: object, mask: (value: unknown) => unknown): Line {
  const masked = mask({ ...fields }) as object;
  const flat = Object.entries(flatten(masked)).map(([key, value]) => [(HEAD as readonly string[]).includes(key) ? `_${key}` : key, value] as const);
  return { ...head, message: String(mask(head.message)), ...Object.fromEntries(flat) };
}

/** Reads one line back; null where it is damaged. */
export function parseLine(text: string): Line | null {
  try {
    const found = JSON.parse(text) as Partial<Line> | null;
    const isLine =
      typeof found === 'object' &&
      found !== null &&
      typeof found.ts === 'string' &&
      !Number.isNaN(Date.parse(found.ts)) &&
      typeof found.message === 'string' &&
      LEVELS.some((level) => level === found.level) &&
      CHANNELS.some((channel) => channel === found.channel);
    return isLine ? ({ ...found, runId: found.runId ?? null, pipeline: found.pipeline ?? null } as Line) : null;
  } catch {
    return null;
  }
}
