import {
  and,
  anyBit,
  anyBits,
  col,
  count,
  type Frame,
  frameOf,
  gt,
  isNotNull,
  type LooseFrame,
  loose,
  lt,
  max,
  not,
  toBits,
} from '../frame/index.ts';
import type { Contract } from './contract.ts';
import { maskOf, ownMask, type Rule } from './rules.ts';

/** An accepted frame that references are looked up in, and its key. */
export interface Parent {
  readonly accepted: Frame<object>;
  readonly key: string;
}

/**
 * The records that break a rule over several records: duplicates of a key, and orphans.
 *
 * - Shape in: as `checkFields` gives.
 * - Shape out: `row` and `set` (the bits of the set rules it breaks), one row a record that breaks any.
 */
export function brokenSets(it: Contract, checked: LooseFrame, rules: readonly Rule[], parents: Readonly<Record<string, Parent>>): LooseFrame {
  const found = rules.flatMap((rule) => {
    const rows = rule.kind === 'duplicate' ? duplicates(it, checked, rules) : rule.kind === 'orphan' ? orphans(checked, rule, rules, parents) : null;
    return rows ? [rows.derive(() => ({ set: toBits(1n << BigInt(rule.bit as number)) }))] : [];
  });
  const [first = loose(frameOf([], ['row', 'set'])), ...rest] = found;
  return first
    .concat(...rest)
    .groupby('row')
    .rollup((c) => ({ set: anyBits(col<number>(c, 'set')) }));
}

/** Records whose field is there and breaks none of its own rules: a text key may be kept although it is not valid. */
const valid = (checked: LooseFrame, field: string, rules: readonly Rule[]): LooseFrame =>
  checked.filter((c) => and(isNotNull(col(c, field)), not(anyBit(col(c, 'bits'), ownMask(rules, field)))));

/** All records of a key but the last in file order. */
function duplicates(it: Contract, checked: LooseFrame, rules: readonly Rule[]): LooseFrame {
  const rejecting = maskOf(rules, (rule) => rule.severity === 'reject');
  const keyed = valid(checked, it.key, rules);
  const candidates = it.duplicates === 'among good' ? keyed.filter((c) => not(anyBit(col(c, 'bits'), rejecting))) : keyed;
  const twice = candidates
    .groupby(it.key)
    .rollup((c) => ({ last: max(col<number>(c, 'row')), n: count() }))
    .filter((c) => gt(col<number>(c, 'n'), 1))
    .select(it.key, 'last');
  return candidates
    .select('row', it.key)
    .join(twice, it.key)
    .filter((c) => lt(col<number>(c, 'row'), col<number>(c, 'last')))
    .select('row');
}

/** Records whose reference is valid and not among the accepted keys of its parent. */
function orphans(checked: LooseFrame, rule: Rule, rules: readonly Rule[], parents: Readonly<Record<string, Parent>>): LooseFrame {
  const parent = parents[rule.parent ?? ''] as Parent;
  const reference = rule.field as string;
  const known = loose(parent.accepted)
    .select(parent.key)
    .rename({ [parent.key]: reference });
  return valid(checked, reference, rules).select('row', reference).antijoin(known, reference).select('row');
}
