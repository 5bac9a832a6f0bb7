import type { Expected, Fields, Outcome } from './sheet.ts';

/** What a polluted file came to, counted. All but `stops` and `malformed` are faults. */
export interface Verdict {
  /** The run stopped, and had to. */
  readonly stops: number;
  /** Malformed records that are named by their number and line, as they have to be. */
  readonly malformed: number;
  /** Records that are neither given nor named where they stand. */
  readonly lost: number;
  /** Records that are given with other fields or another line than in the file, or though they are none. */
  readonly shifted: number;
  /** Whole records that are taken for malformed. */
  readonly neighbours: number;
  /** Stops where none was due, none where one was, or for another reason, or on another line. */
  readonly wrongStops: number;
  readonly details: readonly string[];
}

/** What a run found: a stop that was wrong (null: the right one), or the records. */
export type Found =
  | { readonly stop: string | null }
  | { readonly records: readonly Expected[]; readonly isSame: (is: Fields, found: Fields) => boolean };

const NONE: Verdict = { stops: 0, malformed: 0, lost: 0, shifted: 0, neighbours: 0, wrongStops: 0, details: [] };

/** How many faults a verdict names. */
export const faultsOf = ({ lost, shifted, neighbours, wrongStops }: Verdict): number => lost + shifted + neighbours + wrongStops;

/** Holds what was found against what had to be. */
export function verdictOf(expected: Outcome, found: Found): Verdict {
  if ('stop' in found) {
    if (found.stop === null) return { ...NONE, stops: 1 };
    const due = expected.stop ? `${expected.stop.why}, line ${expected.stop.line ?? 'none'}` : 'no stop';
    return { ...NONE, wrongStops: 1, details: [`due: ${due}; found: ${found.stop}`] };
  }
  const counts = { kept: 0, malformed: 0, lost: 0, shifted: 0, neighbours: 0 };
  const details: string[] = [];
  const byNumber = new Map(found.records.map((it) => [it.record, it]));
  for (const due of expected.records) {
    const fate = fateOf(due, byNumber.get(due.record), found.isSame);
    byNumber.delete(due.record);
    counts[fate] += 1;
    if (fate !== 'kept' && fate !== 'malformed') details.push(`${fate}: record ${due.record}, line ${due.line}`);
  }
  for (const { record, line } of byNumber.values()) details.push(`shifted: record ${record}, line ${line}, where none is`);
  const { kept: _, ...rest } = counts;
  return { ...NONE, ...rest, shifted: counts.shifted + byNumber.size, details };
}

/** What became of a record. */
function fateOf(due: Expected, it: Expected | undefined, isSame: (is: Fields, found: Fields) => boolean) {
  if (it === undefined) return 'lost';
  if (due.fields === null) return it.fields !== null ? 'shifted' : it.line === due.line ? 'malformed' : 'lost';
  if (it.fields === null) return 'neighbours';
  return it.line === due.line && isSame(due.fields, it.fields) ? 'kept' : 'shifted';
}
