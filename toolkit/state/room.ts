import { statfs } from 'node:fs/promises';
import { DaybookError } from '../errors/index.ts';

/**
 * Refuses to begin what would run out of disk: told at once, and not after an hour of work.
 *
 * @param neededBytes about how much is going to be written below the folder
 * @throws DaybookError `state.no-room` (74)
 */
export async function requireRoom(folder: string, neededBytes: number): Promise<void> {
  // Where the file system cannot tell, the run finds out.
  const found = await statfs(folder).catch(() => null);
  if (!found || found.blocks === 0) return;
  const freeBytes = found.bavail * found.bsize;
  if (freeBytes < neededBytes) throw new DaybookError('state.no-room', { path: folder, neededBytes, freeBytes });
}
