import { maskOf, type Rule } from './rules.ts';

/** Records of a source: read = accepted + rejected; `warned` counts accepted records with at least one warning. */
export interface RowCounts {
  readonly read: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly warned: number;
}

/** What a check counted. `rules` lists every rule of the contract, 0 included; one that is off counts 0. */
export interface Counts {
  readonly rows: RowCounts;
  readonly rules: Readonly<Record<string, number>>;
}

/** How many records broke exactly the rules of one mask. */
export interface MaskCount {
  readonly bits: bigint;
  readonly n: bigint;
}

/** All counts of a contract from how often each mask occurs: there are few masks, so no second pass over the records. */
export function countsOf(rules: readonly Rule[], masks: readonly MaskCount[], malformed: number): Counts {
  const rejecting = maskOf(rules, (rule) => rule.severity === 'reject');
  const warning = maskOf(rules, (rule) => rule.severity === 'warn');
  const total = (test: (bits: bigint) => boolean): number => masks.reduce((sum, { bits, n }) => (test(bits) ? sum + Number(n) : sum), 0);
  const accepted = total((bits) => (bits & rejecting) === 0n);
  const counted = rules.map((rule): [string, number] => {
    if (rule.kind === 'malformed') return [rule.code, malformed];
    const own = 1n << BigInt(rule.bit as number);
    return [rule.code, rule.severity === 'off' ? 0 : total((bits) => (bits & own) !== 0n)];
  });
  return {
    rows: {
      read: total(() => true) + malformed,
      accepted,
      rejected: total((bits) => (bits & rejecting) !== 0n) + malformed,
      warned: total((bits) => (bits & rejecting) === 0n && (bits & warning) !== 0n),
    },
    rules: Object.fromEntries(counted),
  };
}
