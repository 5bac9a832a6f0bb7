import { CellCompiler } from '../../../toolkit/notebook/compile/cell-compiler.ts';
import { newStore, prepareStore, type Store } from '../../../toolkit/notebook/worker/store.ts';
import { ROOT } from '../../run-in-folder.ts';

type Body = (store: Store, cell: object) => Promise<unknown>;
const AsyncFunction = (async () => {}).constructor as new (...words: string[]) => Body;

/** Cells of one notebook, compiled and run in this process: what a worker does, without what makes it interruptible. */
export class Cells {
  readonly compiler = new CellCompiler({ folder: `${ROOT}/notebooks`, packageRoot: ROOT, conditions: ['daybook-source'] });
  readonly store = newStore();
  #count = 0;

  /** The value of a cell's last expression. @throws Error with the compiler's words, or what the cell throws */
  async run(code: string): Promise<unknown> {
    this.#count += 1;
    const compiled = this.compiler.compile(code, this.#count);
    if (!compiled.ok) throw new Error(compiled.problems.map(({ line, column, message }) => `${line}:${column} ${message}`).join('\n'));
    compiled.keep();
    prepareStore(this.store, { label: `Cell [${this.#count}]`, ...compiled });
    const cell = { epoch: 0, now: () => 0, tick: () => {}, await: (value: unknown) => value, iterate: (value: unknown) => value };
    return new AsyncFunction('$cells', '$cell', `"use strict"; ${compiled.opening}\n${compiled.js}`)(this.store, cell);
  }

  /** The value of the last of several cells. */
  async all(...codes: string[]): Promise<unknown> {
    let value: unknown;
    for (const code of codes) value = await this.run(code);
    return value;
  }
}
