import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import { newFile } from './new-file.ts';

/**
 * Writes a document to stdout, or to a file that only its owner may read.
 *
 * @throws DaybookError `usage.file-exists`, `usage.cannot-create`, `usage.not-permitted`, `usage.cannot-write`
 */
export async function writeText(
  text: string,
  { out, force }: { readonly out: string | undefined; readonly force: boolean },
  { stdout, cwd, err }: Pick<Context, 'stdout' | 'cwd' | 'err'>,
): Promise<void> {
  if (out === undefined) {
    stdout.write(text);
    return stdout.drained();
  }
  const file = await newFile(resolve(cwd, out), { mode: 0o600, force });
  try {
    await file.write(text);
    await file.finish();
  } catch (fault) {
    await file.discard();
    throw fault;
  }
  err.lines(`Written: ${out}`);
}
