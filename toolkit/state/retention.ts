import { readdir, rm } from 'node:fs/promises';
import { guarded } from './fault.ts';

export const DAY_MS = 86_400_000;

/** How much of something is kept: at most so many days, and at most so many. Null: no limit. */
export interface Retention {
  readonly days: number | null;
  readonly count: number | null;
}

/** The names in a folder; none where it is not there. */
export const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

/** Removes a file or a folder with all in it. @throws DaybookError `state.*` */
export const remove = (path: string): Promise<void> => guarded('remove', path, () => rm(path, { recursive: true, force: true }));

/** Milliseconds of the time that an id or a rotated log's name begins with; NaN where it does not. */
export function startOf(name: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(name) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** Of names with the newest first, those that are too old or beyond the number. */
export function expired(names: readonly string[], at: (name: string) => number, { days, count }: Retention, now: Date): string[] {
  const oldest = days === null ? Number.NEGATIVE_INFINITY : now.getTime() - days * DAY_MS;
  return names.filter((name, index) => (count !== null && index >= count) || at(name) < oldest);
}
