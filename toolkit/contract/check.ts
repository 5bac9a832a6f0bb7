import {
  anyBit,
  coalesce,
  col,
  columnTypes,
  count,
  defaultSession,
  discard,
  type Frame,
  keep,
  type LooseFrame,
  loose,
  numberRows,
  plus,
  rowsOf,
  type Session,
  takeOut,
  toBits,
  typed,
  withPersonal,
} from '../frame/index.ts';
import { type Broken, brokenRules } from './broken.ts';
import { checkFields, valueColumns } from './check-fields.ts';
import { brokenSets, type Parent } from './check-sets.ts';
import { type Contract, rawColumns } from './contract.ts';
import { type Counts, countsOf, type MaskCount } from './counts.ts';
import type { Fields, RowOf, Severity } from './field.ts';
import { acceptedTags, brokenTags } from './personal-tags.ts';
import { maskOf, type Rule, rulesOf, type Severities } from './rules.ts';

export interface CheckOptions {
  readonly session?: Session;
  readonly severities?: Severities;
  /** By contract name: what references are looked up in. A reference whose parent is not given is not checked. */
  readonly parents?: Readonly<Record<string, Parent>>;
  /** Records that could not be read as such; they count as read and rejected. Default: 0. */
  readonly malformed?: number;
}

/** A frame that remembers the file it was read from, as `read` gives. */
interface Extracted {
  readonly extract?: { readonly frame: Frame<object>; readonly malformed: readonly unknown[] };
}

/** What a check found. */
export interface Checked<F extends Fields = Fields> {
  /** The records that broke no rejecting rule, typed from here on; its personal columns are known to be such. */
  readonly accepted: Frame<RowOf<F>>;
  /** Every broken rule that is not off, one row each. */
  readonly broken: Frame<Broken>;
  readonly counts: Counts;
  /** Frees what the session holds; the frames cannot be read after it. */
  release(): Promise<void>;
}

/**
 * Checks the records of a source against its contract: one pass over the texts, one bit a rule.
 *
 * - Shape in: one row a record with the contract's raw names as texts; and `row` where the records have a place of their
 *   own, else they are counted in order.
 * - Every rule is checked on every record, rejected ones and duplicates included.
 * @throws DaybookError `engine.*`, `frame.unknown-column` where a raw name is missing
 * @example const { accepted, broken, counts } = await check(crm, await read('crm.csv'))
 */
export async function check<F extends Fields>(contract: Contract<F>, raw: Frame<object>, options: CheckOptions = {}): Promise<Checked<F>> {
  const it = contract as unknown as Contract;
  const session = options.session ?? (await defaultSession());
  const parents = options.parents ?? {};
  const rules = rulesOf(it, options.severities).filter((rule) => rule.kind !== 'orphan' || parents[rule.parent ?? '']);
  const { extract } = raw as Extracted;
  const texts = await named(it, extract?.frame ?? raw, session);
  const doing = `check the records of ${it.name}`;
  const fields = await keep(session, typed(checkFields(it, texts, rules, session)), `checked_${it.name}`, doing);
  const read = await fields.frame.count({ session });
  const sets = await keep(session, typed(brokenSets(it, loose(fields.frame), rules, parents)), `sets_${it.name}`, `check the keys of ${it.name}`);
  const faulty = await keep(session, typed(faultyRecords(it, loose(fields.frame), loose(sets.frame), rules)), `faulty_${it.name}`, doing);
  await discard(session, sets);
  await takeOut(session, fields, typed(withAny(loose(faulty.frame), rules, 'reject')), 'row');
  return {
    accepted: withPersonal(typed<RowOf<F>>(loose(fields.frame).select(...valueColumns(it))), acceptedTags(it)),
    broken: withPersonal(brokenRules(it, loose(faulty.frame), texts, rules), brokenTags(it)),
    counts: countsOf(rules, await masksOf(session, loose(faulty.frame), read), options.malformed ?? extract?.malformed.length ?? 0),
    release: async () => {
      await discard(session, fields);
      await discard(session, faulty);
    },
  };
}

/** `row` and the raw texts under names that no field can have. A `row` of texts is a column of the file, and no place. */
async function named(it: Contract, raw: Frame<object>, session: Session): Promise<LooseFrame> {
  const isPlaced = raw.columns.includes('row') && (await columnTypes(raw, { session })).get('row') !== 'text';
  const names = rawColumns(it);
  // Beside the places the texts of a column `row` stand under the new name already.
  const plain = names.filter((name) => !(isPlaced && name.toLowerCase() === 'row'));
  const texts = loose(raw)
    .select(...(isPlaced ? ['row'] : []), ...names.map((name) => (plain.includes(name) ? name : `raw:${name}`)))
    .rename(Object.fromEntries(plain.map((name) => [name, `raw:${name}`])));
  return isPlaced ? texts : loose(numberRows(typed<object>(texts), 'row'));
}

/** The records that break a rule which is not off: `row`, `bits` of all their rules, and the key. */
function faultyRecords(it: Contract, fields: LooseFrame, sets: LooseFrame, rules: readonly Rule[]): LooseFrame {
  const all = fields
    .select('row', 'bits', it.key)
    .join_left(sets, 'row')
    .derive((c) => ({ bits: plus(col<number>(c, 'bits'), coalesce(col<number | null>(c, 'set'), toBits(0n))) }));
  return withAny(all, rules, 'reject', 'warn').select('row', 'bits', it.key);
}

/** The records that break any rule of such a severity. */
const withAny = (records: LooseFrame, rules: readonly Rule[], ...severities: readonly Severity[]): LooseFrame => {
  const mask = maskOf(rules, ({ severity }) => severities.includes(severity));
  return records.filter((c) => anyBit(col(c, 'bits'), mask));
};

/** How often each mask of broken rules occurs, that of no rule at all included. */
async function masksOf(session: Session, faulty: LooseFrame, read: number): Promise<MaskCount[]> {
  const masks = await rowsOf(session, typed<MaskCount>(faulty.groupby('bits').rollup(() => ({ n: count() }))), 'count masks');
  return [...masks, { bits: 0n, n: BigInt(read) - masks.reduce((sum, { n }) => sum + n, 0n) }];
}
