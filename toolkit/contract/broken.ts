import {
  anyBit,
  asText,
  col,
  eq,
  type Frame,
  frameOf,
  hasBit,
  jsonObject,
  type LooseColumns,
  type LooseFrame,
  loose,
  not,
  typed,
  when,
} from '../frame/index.ts';
import { rawText } from './check-fields.ts';
import { type Contract, rawColumns } from './contract.ts';
import type { Severity, Text } from './field.ts';
import { maskOf, ownMask, type Rule } from './rules.ts';

/** One broken rule of one record. `value` and `record` hold data: they go to the rejects and nowhere else. */
export interface Broken {
  /** The record's number among those that were checked, from 1; a source's `places` say where each stands. */
  readonly row: number;
  /** The valid key as text, or null. */
  readonly key: string | null;
  readonly rule: string;
  readonly column: string;
  readonly severity: Severity;
  readonly reason: string;
  /** The raw text of the column, or null. */
  readonly value: string | null;
  /** The raw record as a JSON object where it was rejected, else null. */
  readonly record: string | null;
}

/**
 * Every broken rule that is not off, one row each.
 *
 * - Shape in: `faulty` the records that break one: `row`, `bits` of all their rules, the key; `raw` the texts of all records.
 */
export function brokenRules(it: Contract, faulty: LooseFrame, raw: LooseFrame, rules: readonly Rule[]): Frame<Broken> {
  const counted = rules.filter((rule) => rule.bit !== null && rule.severity !== 'off');
  const rejecting = maskOf(rules, (rule) => rule.severity === 'reject');
  const list = loose(
    frameOf(
      counted.map(({ bit, code, field, severity, reason }) => ({ bit, rule: code, column: field, severity, reason })),
      ['bit', 'rule', 'column', 'severity', 'reason'],
    ),
  );
  const records = faulty
    .join(raw, 'row')
    .derive((c) => ({
      key: when(not(anyBit(col(c, 'bits'), ownMask(rules, it.key))), asText(col<number | string | null>(c, it.key))).orNull(),
      record: when(anyBit(col(c, 'bits'), rejecting), jsonObject(rawRecord(it, c))).orNull(),
      ...Object.fromEntries(Object.keys(it.fields).map((name) => [`value:${name}`, rawText(it, c, name)])),
    }))
    .select('row', 'bits', 'key', 'record', ...Object.keys(it.fields).map((name) => `value:${name}`));
  return typed<Broken>(
    records
      .cross(list)
      .filter((c) => hasBit(col(c, 'bits'), col<number>(c, 'bit')))
      .derive((c) => ({ value: valueText(it, c) }))
      .select('row', 'key', 'rule', 'column', 'severity', 'reason', 'value', 'record'),
  );
}

const rawRecord = (it: Contract, c: LooseColumns): Record<string, Text> =>
  Object.fromEntries(rawColumns(it).map((name) => [name, col<string | null>(c, `raw:${name}`)]));

/** The raw text of the column that the rule is about. */
function valueText(it: Contract, c: LooseColumns): Text {
  const [first, ...rest] = Object.keys(it.fields).map((name) => ({
    test: eq(col<string>(c, 'column'), name),
    value: col<string | null>(c, `value:${name}`),
  }));
  if (!first) throw new TypeError(`contract "${it.name}" has no fields`);
  return rest.reduce((cases, { test, value }) => cases.when(test, value), when(first.test, first.value)).orNull();
}
