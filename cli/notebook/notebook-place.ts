import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProject } from '../../toolkit/config/index.ts';
import { DaybookError } from '../../toolkit/errors/index.ts';

/** Daybook's own folder, from cli/ and from dist/cli/. */
export const packageRoot = (): string => {
  const above = fileURLToPath(new URL('../..', import.meta.url));
  return resolve(existsSync(resolve(above, 'package.json')) ? above : resolve(above, '..'));
};

/**
 * Where the cells of a notebook stand: imports begin in its own folder, paths of data in the project's, as with every command.
 * Outside of a project both are the notebook's folder.
 */
export const notebookPlace = (folder: string) => ({ folder, workingFolder: projectFolder(folder) ?? folder, packageRoot: packageRoot() });

function projectFolder(folder: string): string | null {
  try {
    return findProject(folder).root;
  } catch (fault) {
    if (fault instanceof DaybookError) return null;
    throw fault;
  }
}
