import { basename } from 'node:path';
import { DaybookError } from '../../errors/index.ts';
import type { Extract, Replacements } from '../../source/index.ts';
import type { ReadFile } from '../document.ts';
import type { Replay } from '../replay/correction.ts';

/** What tells a file from another, as the ledger keeps it. */
export const readFilesOf = ({ files }: Pick<Extract, 'files'>): ReadFile[] => files.map(({ name, bytes, crc32 }) => ({ name, bytes, crc32 }));

/** Corrections name a file without its folder: it must be the only one of its name. @throws DaybookError `replay.ambiguous-file` */
export function mustBeDistinct(source: string, paths: readonly string[], replacements: Replacements): void {
  const names = paths.map((path) => basename(path));
  const file = [...replacements.keys()].find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (file !== undefined) throw new DaybookError('replay.ambiguous-file', { source, file });
}

/**
 * A source must have been read as the replayed run read it, unless that does not matter, and every corrected record must stand where it stood.
 * @throws DaybookError `replay.file-changed`, `replay.record-changed`
 */
export function mustBeAsRefused(replay: Replay, source: string, extract: Extract): void {
  if (replay.files !== null) {
    const [then, now] = [replay.files[source] ?? [], readFilesOf(extract)];
    const longer = then.length > now.length ? then : now;
    const changed = longer.find((_, i) => JSON.stringify(then[i]) !== JSON.stringify(now[i]));
    if (changed) throw new DaybookError('replay.file-changed', { source, file: changed.name, runId: replay.of.runId });
  }
  const [misplaced] = extract.misplaced;
  if (misplaced) throw new DaybookError('replay.record-changed', { source, ...misplaced });
}
