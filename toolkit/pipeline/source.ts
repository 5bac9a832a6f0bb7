import type { Contract, Fields } from '../contract/index.ts';

/** How a source is read: a CSV, a JSON array or NDJSON, or a lookup (a CSV, or a service by its base URL). */
export type SourceKind = 'csv' | 'json' | 'lookup';

/**
 * A service that can stand in for a lookup's file where the source is set to a base URL. It is asked for the values that a field
 * of another source has in its accepted records, and the key of each row it gives is the whole value asked for.
 */
export interface LookupService {
  readonly protocol: 'postcodes.io';
  /** Whose values are looked up: the name of the source and its field. */
  readonly source: string;
  readonly field: string;
}

/** One source of a pipeline: how it is read, and what it may hold. Where it lies is configuration. */
export interface Source<F extends Fields = Fields> {
  readonly kind: SourceKind;
  readonly contract: Contract<F>;
  /** Null where a base URL is refused. */
  readonly service: LookupService | null;
}

/** A source in CSV. */
export const csv = <F extends Fields>(contract: Contract<F>): Source<F> => ({ kind: 'csv', contract, service: null });
/** A source in JSON: an array or one object a line, told apart by the file's first character. */
export const json = <F extends Fields>(contract: Contract<F>): Source<F> => ({ kind: 'json', contract, service: null });
/**
 * A table to look things up in: a CSV, or what a service answers. Its records are checked like any other.
 * @example lookup(postcodes, { service: { protocol: 'postcodes.io', source: 'crm', field: 'postcode' } })
 */
export const lookup = <F extends Fields>(contract: Contract<F>, options: { readonly service?: LookupService } = {}): Source<F> => ({
  kind: 'lookup',
  contract,
  service: options.service ?? null,
});
