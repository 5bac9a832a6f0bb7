import type { Cleaned } from './clean.ts';
import type { Place } from './csv.ts';
import type { ReferenceBreak, ReferenceRows, Severity, SourceName } from './types.ts';

/** A record with the codes it broke; `row` is null for a malformed one. */
export interface Judged<Row, Key = number> extends Place {
  readonly key: Key | null;
  readonly broken: string[];
  readonly row: Row | null;
}

/** A source once every rule is checked. */
export interface Settled<Row> {
  readonly rows: ReferenceRows;
  readonly rules: Record<string, number>;
  readonly broken: readonly ReferenceBreak[];
  readonly accepted: readonly Row[];
}

export type Severities = ReadonlyMap<string, Severity>;

/** A malformed record: no key, no row, one rule. */
export function malformed({ file, record, line }: Place): Judged<never, never> {
  return { file, record, line, key: null, broken: ['record.malformed'], row: null };
}

/** Takes cleaned values and notes the rules they broke in `broken`. */
export function noteIn(broken: string[]): <T>(column: string, cleaned: Cleaned<T>) => T {
  return (column, cleaned) => {
    if (cleaned.fault !== null) broken.push(`${column}.${cleaned.fault}`);
    return cleaned.value;
  };
}

/** Of the records of a valid key all but the last break `code`. */
export function breakDuplicates<Key>(records: readonly Judged<unknown, Key>[], code: string): void {
  const seen = new Set<Key>();
  for (const record of records.toReversed()) {
    if (record.key === null) continue;
    if (seen.has(record.key)) record.broken.push(code);
    seen.add(record.key);
  }
}

/** Whether a rule of severity reject keeps the record out. */
export function isRejected(record: Judged<unknown, unknown>, severities: Severities): boolean {
  return record.broken.some((code) => severities.get(code) === 'reject');
}

/** Counts a source's records and rules, and keeps the accepted rows in order. */
export function settle<Row, Key>(source: SourceName, records: readonly Judged<Row, Key>[], severities: Severities): Settled<Row> {
  const rows: ReferenceRows = { read: 0, accepted: 0, rejected: 0, warned: 0 };
  const rules = Object.fromEntries([...severities.keys()].map((code) => [code, 0]));
  const broken: ReferenceBreak[] = [];
  const accepted: Row[] = [];
  for (const record of records) {
    const breaks = breaksOf(source, record, severities);
    for (const { rule } of breaks) rules[rule] = (rules[rule] ?? 0) + 1;
    broken.push(...breaks);
    rows.read += 1;
    if (isRejected(record, severities)) rows.rejected += 1;
    else {
      rows.accepted += 1;
      if (breaks.length > 0) rows.warned += 1;
      if (record.row !== null) accepted.push(record.row);
    }
  }
  return { rows, rules, broken, accepted };
}

function breaksOf(source: SourceName, judged: Judged<unknown, unknown>, severities: Severities): ReferenceBreak[] {
  const { file, record, line } = judged;
  const key = judged.key === null ? null : String(judged.key);
  return judged.broken.toSorted().flatMap((rule) => {
    const severity = severities.get(rule) ?? 'off';
    const column = rule === 'record.malformed' ? null : rule.slice(0, rule.indexOf('.'));
    return severity === 'off' ? [] : [{ source, file, record, line, key, rule, column, severity }];
  });
}
