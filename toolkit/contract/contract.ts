import { MASK_BITS, requireDistinct } from '../frame/index.ts';
import type { Field, Fields, RowOf } from './field.ts';

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
 * @throws TypeError for more than 62 rules, two rules of one code, a key that is no field, or a column that checks use
 *   themselves; DaybookError `frame.name-clash` for columns whose names differ in case alone
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
  requireSound(name, fields, key, Object.keys(references));
  return { name, fields, key, duplicates, references };
}

/** Columns that a check works with beside the fields. */
const RESERVED = ['row', 'bits', 'set'];

/** What the compiler cannot say of a contract. @throws TypeError */
function requireSound(contract: string, fields: Fields, key: string, references: readonly string[]): void {
  const fail = (what: string): never => {
    throw new TypeError(`contract "${contract}" ${what}`);
  };
  const names = Object.keys(fields);
  const columns = [...names, ...Object.values(fields).flatMap(({ flag }) => (flag === null ? [] : [flag]))];
  for (const name of [key, ...references]) if (!names.includes(name)) fail(`has no field "${name}"`);
  for (const name of columns)
    if (RESERVED.includes(name.toLowerCase())) fail(`calls a column "${name}", which checks use themselves: choose another name`);
  requireDistinct(`contract "${contract}"`, columns);
  requireDistinct(`contract "${contract}"`, [...new Set(names.flatMap((name) => rawNames(fields, name)))]);
  const codes = [`${key}.duplicate`, ...references.map((name) => `${name}.orphan`), ...Object.entries(fields).flatMap(codesOf)];
  for (const code of codes) if (codes.indexOf(code) !== codes.lastIndexOf(code)) fail(`has two rules "${code}"`);
  if (codes.length > MASK_BITS)
    fail(`has ${codes.length} rules and can hold ${MASK_BITS}: split the source, or merge rules of a field into one schema`);
}

const codesOf = ([name, { required, rules }]: [string, Field]): string[] =>
  [...(required ? ['missing'] : []), ...Object.keys(rules)].map((suffix) => `${name}.${suffix}`);

/** The raw names a field is read from. */
export const rawNames = (fields: Fields, field: string): readonly string[] => {
  const from = fields[field]?.from ?? [];
  return from.length > 0 ? from : [field];
};

/** Every raw name a contract reads, in the order of its fields. */
export const rawColumns = (it: Contract): readonly string[] => [...new Set(Object.keys(it.fields).flatMap((field) => rawNames(it.fields, field)))];

/** The fields that hold personal data, and the raw names they come from. */
export const personalFields = (it: Contract): readonly string[] =>
  Object.entries(it.fields).flatMap(([name, field]) => (field.meta.personal ? [name, ...rawNames(it.fields, name)] : []));
