import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { DaybookError } from '../errors/index.ts';
import { readFault } from './files/fault.ts';
import { filesMatching, isPattern } from './files/glob.ts';

/**
 * The files of a source, from a path or a pattern, in byte order of their paths. A file that bears a pattern as its name is that file.
 *
 * @throws DaybookError `source.not-found`, `source.folder`, `source.not-a-file`, `source.no-match` (66), `source.not-permitted` (77)
 * @example await resolveFiles('crm', 'data/crm-*.csv')
 */
export async function resolveFiles(source: string, pattern: string): Promise<string[]> {
  try {
    const info = await stat(pattern).catch((fault: NodeJS.ErrnoException) => {
      if (isPattern(pattern) && fault.code !== 'EACCES') return null;
      throw fault;
    });
    if (info?.isDirectory()) throw new DaybookError('source.folder', { source, path: pattern });
    if (info && !info.isFile()) throw new DaybookError('source.not-a-file', { source, path: pattern });
    const paths = info ? [pattern] : await filesMatching(pattern);
    if (paths.length === 0) throw new DaybookError('source.no-match', { source, pattern });
    for (const path of paths) {
      await access(path, constants.R_OK).catch((fault: unknown) => {
        throw readFault(fault, source, path);
      });
    }
    return paths;
  } catch (fault) {
    const { path } = fault as NodeJS.ErrnoException;
    throw readFault(fault, source, path ?? pattern);
  }
}
