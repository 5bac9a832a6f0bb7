import type { Fields, RowOf } from './field.ts';

/** What one source may hold, said once. From it come the row type, the rules, the counts, the rejects, the data dictionary. */
export interface Contract<F extends Fields = Fields> {
  readonly name: string;
  readonly fields: F;
  readonly key: keyof F & string;
  /** Which records of a key are duplicates: all but the last by the valid key alone, or all but the last among those that break no other rejecting rule. */
  readonly duplicates: 'by key' | 'among good';
  /** Field → the contract whose accepted keys it must be one of. */
  readonly references: Readonly<Partial<Record<keyof F & string, string>>>;
}

/** The row of the accepted frame of a contract. */
export type Accepted<C> = C extends Contract<infer F> ? RowOf<F> : never;

/**
 * States a contract.
 * @example contract('crm', { customer_id: id({ title: 'Customer number' }), email: text({ title: 'E-mail' }) }, { key: 'customer_id' })
 */
export function contract<const F extends Fields>(
  name: string,
  fields: F,
  options: {
    readonly key: keyof F & string;
    readonly duplicates?: Contract['duplicates'];
    readonly references?: Readonly<Partial<Record<keyof F & string, string>>>;
  },
): Contract<F> {
  const { key, duplicates = 'by key', references = {} as Contract<F>['references'] } = options;
  return { name, fields, key, duplicates, references };
}

/** The raw names a field is read from. */
export const rawNames = (fields: Fields, field: string): readonly string[] => {
  const from = fields[field]?.from ?? [];
  return from.length > 0 ? from : [field];
};

/** Every raw name a contract reads, in the order of its fields. */
export const rawColumns = (it: Contract): readonly string[] => [
  ...new Set(Object.keys(it.fields).flatMap((field) => rawNames(it.fields, field))),
];

/** The fields that hold personal data, and the raw names they come from. */
export const personalFields = (it: Contract): readonly string[] =>
  Object.entries(it.fields).flatMap(([name, field]) => (field.meta.personal ? [name, ...rawNames(it.fields, name)] : []));
