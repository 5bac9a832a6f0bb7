import { CellCompiler } from './cell-compiler.ts';
import type { NotebookPlace } from './language-host.ts';

/** A compiler for the cells of one notebook. Run from TypeScript, `daybook` is its source here too. */
export const compilerFor = ({ folder, packageRoot }: Pick<NotebookPlace, 'folder' | 'packageRoot'>): CellCompiler =>
  new CellCompiler({ folder, packageRoot, conditions: import.meta.url.endsWith('.ts') ? ['daybook-source'] : [] });
