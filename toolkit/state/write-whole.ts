import { open, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { guarded } from './fault.ts';

/** A folder that may be written to and not read, and file systems without this. */
const CANNOT = new Set(['EACCES', 'EPERM', 'EINVAL', 'EISDIR', 'ENOTSUP']);

/**
 * Writes a small file whole or not at all, for its owner alone (0600). Once this has resolved, a power cut takes neither the text nor
 * the file's name away. A process that is killed meanwhile may leave a draft beside it: see `isDraftOf`.
 *
 * @param doing an infinitive for the error: "write the record"
 * @throws DaybookError `state.*`
 */
export async function writeWhole(doing: string, file: string, text: string): Promise<void> {
  // The library takes what one call has written for the whole; on a disk that is just running full that is a part.
  const tmpfileCreated = (draft: string) => writeFile(draft, text);
  await guarded(doing, file, () => writeFileAtomic(file, '', { mode: 0o600, fsync: true, tmpfileCreated }));
  await syncFolder(dirname(file));
}

/** Whether a name is that of a draft of a file, by the name: the file's own, and numbers. */
export const isDraftOf = (file: string, name: string): boolean => name.startsWith(`${file}.`) && /^\d[\d.]*$/.test(name.slice(file.length + 1));

/** Waits until a file that something else wrote, and its name, are on the disk. @throws DaybookError `state.*` */
export async function syncFile(file: string): Promise<void> {
  await guarded('write the file', file, () => sync(file));
  await syncFolder(dirname(file));
}

/** Waits until the names in a folder are on the disk, where the file system can and this user may. @throws DaybookError `state.*` */
export async function syncFolder(folder: string): Promise<void> {
  await guarded('write the folder', folder, () =>
    sync(folder).catch((fault: NodeJS.ErrnoException) => {
      if (!CANNOT.has(fault.code ?? '')) throw fault;
    }),
  );
}

async function sync(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
