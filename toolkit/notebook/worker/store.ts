import type { RunMessage } from '../session/messages.ts';

/** The variables of all cells, by their places. */
export type Store = Record<string, unknown>;

export const newStore = (): Store => Object.create(null) as Store;

/** Makes the store ready for a cell: what it declares is not set until its declaration runs, and what it replaced is refused. */
export function prepareStore(store: Store, { label, unset, vars, retired }: Pick<RunMessage, 'label' | 'unset' | 'vars' | 'retired'>): void {
  for (const { slot, message } of retired) refuse(store, slot, message, false);
  for (const slot of unset) refuse(store, slot, `"${nameOf(slot)}" is not set: its declaration in ${label} has not run.`, true);
  for (const slot of vars) if (!(slot in store)) store[slot] = undefined;
}

const nameOf = (slot: string): string => slot.replace(/\$\d+$/, '');

/** A place that throws when it is read. The declaration itself may set it. */
function refuse(store: Store, slot: string, message: string, isSettable: boolean): void {
  const fail = (): never => {
    throw new ReferenceError(message);
  };
  const set = (value: unknown): void => void Object.defineProperty(store, slot, { value, writable: true, enumerable: true, configurable: true });
  Object.defineProperty(store, slot, { get: fail, set: isSettable ? set : fail, enumerable: true, configurable: true });
}

/** A name that a module exports, read from it each time: an export may change. */
export function bindExport(store: Store, slot: string, module: Readonly<Record<string, unknown>>, name: string): void {
  const get = name === '*' ? () => module : () => module[name];
  const set = (value: unknown): void => void Object.defineProperty(store, slot, { value, writable: true, enumerable: true, configurable: true });
  Object.defineProperty(store, slot, { get, set, enumerable: true, configurable: true });
}

/** More columns than these make types that nobody reads and the compiler only slowly. */
const MOST_COLUMNS = 500;

/** The columns of the frames in these places, by place; a place that is not set, or holds none, is left out. */
export const columnsOf = (slots: readonly string[], store: Store): Record<string, readonly string[]> =>
  Object.fromEntries(
    slots.flatMap((slot) => {
      const { value } = Object.getOwnPropertyDescriptor(store, slot) ?? {};
      const columns = (value as { readonly columns?: unknown } | undefined)?.columns;
      return Array.isArray(columns) && columns.length <= MOST_COLUMNS ? [[slot, columns.map(String)]] : [];
    }),
  );
