import type { Contract, Fields } from '../contract/index.ts';

/** How a source is read: a CSV, a JSON array or NDJSON, or a lookup (a CSV, or a service by its base URL). */
export type SourceKind = 'csv' | 'json' | 'lookup';

/** One source of a pipeline: how it is read, and what it may hold. Where it lies is configuration. */
export interface Source<F extends Fields = Fields> {
  readonly kind: SourceKind;
  readonly contract: Contract<F>;
}

/** A source in CSV. */
export const csv = <F extends Fields>(contract: Contract<F>): Source<F> => ({ kind: 'csv', contract });
/** A source in JSON: an array or one object a line, told apart by the file's first character. */
export const json = <F extends Fields>(contract: Contract<F>): Source<F> => ({ kind: 'json', contract });
/** A table to look things up in. Its records are checked like any other. */
export const lookup = <F extends Fields>(contract: Contract<F>): Source<F> => ({ kind: 'lookup', contract });
