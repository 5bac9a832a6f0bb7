import { once } from 'node:events';
import { createWriteStream, existsSync, type WriteStream } from 'node:fs';
import { link, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DaybookError } from '../../toolkit/errors/index.ts';

/** A file that is there in whole or not at all. */
export interface NewFile {
  write(text: string): Promise<void>;
  /** Gives it its name. @throws DaybookError `usage.file-exists` where somebody else made one meanwhile */
  finish(): Promise<void>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/**
 * Begins a file beside its place under another name.
 *
 * @param options `mode` of the file, and whether one that is there may be replaced
 * @throws DaybookError `usage.file-exists`, `usage.cannot-create` (73), `usage.not-permitted` (77), `usage.cannot-write` (74)
 */
export async function newFile(path: string, { mode, force }: { readonly mode: number; readonly force: boolean }): Promise<NewFile> {
  if (!force && existsSync(path)) throw new DaybookError('usage.file-exists', { path, others: 0 });
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  const stream = createWriteStream(draft, { flags: 'w', mode });
  let fault: unknown = null;
  stream.on('error', (thrown) => {
    fault ??= thrown;
  });
  const mustBeWell = () => {
    if (fault !== null) throw writeFault(fault, path);
  };
  await once(stream, 'open').catch((thrown: unknown) => {
    throw writeFault(thrown, path);
  });
  const discard = async () => {
    stream.destroy();
    await rm(draft, { force: true });
  };
  return {
    async write(text) {
      if (!stream.write(text) && fault === null) await writable(stream);
      mustBeWell();
    },
    async finish() {
      await new Promise<void>((resolve) => {
        stream.once('close', resolve);
        stream.end();
      });
      mustBeWell();
      await (force ? rename(draft, path) : link(draft, path)).catch(async (thrown: unknown) => {
        await discard();
        throw (thrown as NodeJS.ErrnoException).code === 'EEXIST'
          ? new DaybookError('usage.file-exists', { path, others: 0 })
          : writeFault(thrown, path);
      });
      await rm(draft, { force: true });
    },
    discard,
  };
}

/** Resolves when the stream takes more, or never will. */
async function writable(stream: WriteStream): Promise<void> {
  const settled = new AbortController();
  const { signal } = settled;
  await Promise.race([once(stream, 'drain', { signal }), once(stream, 'close', { signal })]).catch(() => undefined);
  settled.abort();
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'the folder does not exist',
  ENOTDIR: 'a file stands in a folder’s place',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
  EROFS: 'the disk is read-only',
};

/** A failure to write, in the words of the catalogue; what is no failure of the file system comes back as it is. */
export function writeFault(fault: unknown, path: string): unknown {
  const { code } = fault as NodeJS.ErrnoException;
  if (fault instanceof DaybookError || typeof code !== 'string') return fault;
  if (code === 'EACCES' || code === 'EPERM') return new DaybookError('usage.not-permitted', { path }, { cause: fault });
  const reason = REASONS[code];
  if (reason !== undefined) return new DaybookError('usage.cannot-create', { path, reason }, { cause: fault });
  return new DaybookError('usage.cannot-write', { path, reason: code === 'ENOSPC' ? 'the disk is full' : code }, { cause: fault });
}
