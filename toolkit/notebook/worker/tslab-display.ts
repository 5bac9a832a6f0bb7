import { tell } from './outputs.ts';

interface TslabOutput {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly transient?: { readonly display_id?: string };
}

/**
 * Makes tslab's `display` show in this notebook, for cells that import it. Its compiler is not needed for that and is not loaded.
 *
 * @param require from the package that tslab belongs to
 */
export function serveTslab(require: NodeJS.Require): void {
  const compiler = require.resolve('@tslab/typescript-for-tslab', { paths: [require.resolve('tslab/package.json')] });
  if (!require.cache[compiler]) {
    const module = { id: compiler, filename: compiler, loaded: true, exports: { version: '', sys: {} }, children: [], paths: [] };
    require.cache[compiler] = module as unknown as NodeJS.Module;
  }
  const jupyter = require('tslab/dist/jupyter.js') as { lastWriteDisplayData: (output: TslabOutput, isUpdate: boolean) => void };
  jupyter.lastWriteDisplayData = ({ data, metadata, transient }, isUpdate) =>
    tell({ kind: 'display', data, metadata, displayId: transient?.display_id ?? null, isUpdate: Boolean(isUpdate) });
}
