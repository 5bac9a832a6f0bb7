import { mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { DaybookError } from '../../toolkit/errors/index.ts';
import type { Generate, LoadedPipeline } from '../../toolkit/run/index.ts';
import type { Context } from '../context.ts';
import { type NewFile, newFile, writeFault } from './new-file.ts';

/** A file that was written, as the person named its folder. */
export interface Written {
  readonly file: string;
  readonly bytes: number;
}

/**
 * Writes what a pipeline's generator gives; every file or none.
 *
 * @throws DaybookError `usage.no-generator`, `usage.file-exists`, `usage.cannot-create`, `run.cancelled`
 */
export async function writeGenerated(
  { generate, definition, folder }: LoadedPipeline,
  options: Parameters<Generate>[0],
  { out, force }: { readonly out: string; readonly force: boolean },
  { cwd, signal }: Pick<Context, 'cwd' | 'signal'>,
): Promise<Written[]> {
  if (!generate) throw new DaybookError('usage.no-generator', { pipeline: definition.name, file: join(folder, 'pipeline.ts') });
  const into = resolve(cwd, out);
  await makeFolder(into);
  const files = new Map<string, { readonly it: NewFile; bytes: number }>();
  try {
    for (const { file, text } of generate(options)) {
      const known = files.get(file) ?? { it: await newFile(join(into, file), { mode: 0o644, force }), bytes: 0 };
      files.set(file, known);
      await known.it.write(text);
      known.bytes += Buffer.byteLength(text);
      await breathe();
      if (signal.aborted) throw new DaybookError('run.cancelled', {});
    }
    for (const { it } of files.values()) await it.finish();
  } catch (fault) {
    for (const { it } of files.values()) await it.discard();
    throw fault;
  }
  return [...files].map(([file, { bytes }]) => ({ file: join(out, file), bytes }));
}

async function makeFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) return;
  if (found) throw new DaybookError('usage.cannot-create', { path, reason: 'a file stands in a folder’s place' });
  await mkdir(path).catch((fault: unknown) => {
    throw (fault as NodeJS.ErrnoException).code === 'ENOENT'
      ? new DaybookError('usage.cannot-create', { path, reason: 'the folder above it does not exist' })
      : writeFault(fault, path);
  });
}
