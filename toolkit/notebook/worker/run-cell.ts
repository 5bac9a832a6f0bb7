import { inspect } from 'node:util';
import { Script } from 'node:vm';
import { displayOf } from '../../display/displayers.ts';
import type { MimeBundle } from '../../display/mime-bundle.ts';
import type { CellFault, RunMessage } from '../session/messages.ts';
import { faultOf, noteWait } from './faults.ts';
import type { Interrupts } from './interrupts.ts';
import { type Modules, withNames } from './modules.ts';
import { tell } from './outputs.ts';
import type { Stacks } from './stacks.ts';
import { bindExport, columnsOf, prepareStore, type Store } from './store.ts';

/** What every cell of a worker runs with. */
export interface Bench {
  readonly store: Store;
  readonly interrupts: Interrupts;
  readonly modules: Modules;
  readonly stacks: Stacks;
  /** Faults that no cell caught, since the last cell began. */
  readonly uncaught: unknown[];
}

type Body = (store: Store, cell: object, require: NodeJS.Require, dirname: string, filename: string) => Promise<unknown>;
const soon = setImmediate;

/** Runs one cell to its end, shows what it gives, and says how it ended. Never throws. */
export async function runCell(cell: RunMessage, bench: Bench): Promise<void> {
  const { interrupts, uncaught } = bench;
  interrupts.current = cell.id;
  uncaught.length = 0;
  let fault: CellFault | null = null;
  try {
    const value = await interrupts.whole(cell.id, start(cell, bench));
    // A rejection that nobody waits for comes up a turn later: it is this cell's.
    await new Promise<void>((resolve) => soon(resolve));
    if (uncaught.length > 0) throw uncaught[0];
    interrupts.tick(cell.id);
    if (value !== undefined) tell({ kind: 'result', data: await interrupts.whole(cell.id, shown(value)) });
  } catch (thrown) {
    fault = faultOf(thrown, cell.label);
  }
  await interrupts.settled(cell.id);
  // what a callback threw while the value was shown
  if (uncaught.length > 0) fault ??= faultOf(uncaught[0], cell.label);
  tell({ kind: 'done', id: cell.id, fault, isInterrupted: interrupts.has(cell.id), columns: columnsOf(cell.open, bench.store) });
}

function start(cell: RunMessage, bench: Bench): Promise<unknown> {
  const { store, interrupts, modules, stacks } = bench;
  stacks.add(cell.label, cell.sourceMap);
  prepareStore(store, cell);
  // The interrupt may have come before the cell.
  interrupts.tick(cell.id);
  const wrapped = `(async function ($cells, $cell, require, __dirname, __filename) { "use strict"; ${cell.opening}\n${cell.js}\n})`;
  const body = new Script(wrapped, { filename: cell.label }).runInThisContext() as Body;
  const serve = {
    epoch: cell.id,
    now: () => interrupts.current,
    tick: interrupts.tick,
    await: (value: unknown) => {
      const here = new Error();
      const waited = interrupts.wait(cell.id, value);
      waited.catch((fault: unknown) => noteWait(fault, here));
      return waited;
    },
    iterate: (source: AsyncIterable<unknown>) => interrupts.iterate(cell.id, source),
    import: (name: string) => modules.load(name),
    bring: async (name: string, exports: Readonly<Record<string, string>>) => {
      const module = await modules.load(name);
      for (const [slot, exported] of Object.entries(exports)) {
        const from = exported === '*' || exported in module ? module : withNames(module);
        if (exported !== '*' && !(exported in from)) throw new SyntaxError(`The module "${name}" has no export "${exported}".`);
        bindExport(store, slot, from, exported);
      }
    },
    meta: modules.meta,
  };
  return body(store, serve, modules.require, String(modules.meta['dirname']), String(modules.meta['filename']));
}

/** The bundle of a cell's result, or of a value that is displayed. */
export async function shown(value: unknown): Promise<MimeBundle> {
  const bundle = await displayOf(value);
  if (bundle && 'text/plain' in bundle) return bundle;
  return { ...bundle, 'text/plain': inspect(value, { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 100 }) };
}
