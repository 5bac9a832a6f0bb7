import { inspect } from 'node:util';
import { DISPLAY, type Displayable, type MimeBundle } from './mime-bundle.ts';

/** Shows values of a kind that is not one's own; null for values of other kinds. */
export type Displayer = (value: unknown) => MimeBundle | Promise<MimeBundle> | null;

const DISPLAYERS = Symbol.for('daybook.displayers');
const SHOW = Symbol.for('daybook.show');
type Shared = { [DISPLAYERS]?: Displayer[]; [SHOW]?: (value: unknown) => Promise<void> };
const shared = globalThis as Shared;

/** Adds a displayer for values that cannot be given the method, such as tables of another package. The last added is asked first. */
export function registerDisplayer(displayer: Displayer): void {
  shared[DISPLAYERS] ??= [];
  shared[DISPLAYERS].unshift(displayer);
}

/** The bundle of a value that has one, else null. */
export async function displayOf(value: unknown): Promise<MimeBundle | null> {
  const own = typeof value === 'object' && value !== null ? (value as Partial<Displayable>)[DISPLAY] : undefined;
  if (typeof own === 'function') return own.call(value);
  for (const displayer of shared[DISPLAYERS] ?? []) {
    const bundle = await displayer(value);
    if (bundle !== null) return bundle;
  }
  return null;
}

/** Shows a value in the middle of a cell, as its last expression is shown. Outside of a notebook it is printed. */
export async function display(value: unknown): Promise<void> {
  const show = shared[SHOW];
  if (show) return show(value);
  const text = (await displayOf(value))?.['text/plain'];
  process.stdout.write(`${typeof text === 'string' ? text : inspect(value)}\n`);
}

/** Tells where `display` shows values: the kernel's worker does so. */
export function showBy(show: (value: unknown) => Promise<void>): void {
  shared[SHOW] = show;
}
