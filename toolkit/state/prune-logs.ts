import { join } from 'node:path';
import { expired, namesIn, type Retention, remove, startOf } from './retention.ts';

/** Removes rotated log files (`NAME.<time>….log`) that are too old or too many, counted a log; the files being written stay. */
export async function pruneLogs(folder: string, keep: Retention, now: Date): Promise<number> {
  const rotated = (await namesIn(folder))
    .filter((name) => /^[a-z]+\.\d{8}T\d{6}Z.*\.log$/.test(name))
    .sort()
    .reverse();
  const logs = new Set(rotated.map((name) => name.slice(0, name.indexOf('.'))));
  const stale = [...logs].flatMap((log) =>
    expired(
      rotated.filter((name) => name.startsWith(`${log}.`)),
      (name) => startOf(name.slice(log.length + 1)),
      keep,
      now,
    ),
  );
  for (const name of stale) await remove(join(folder, name));
  return stale.length;
}
