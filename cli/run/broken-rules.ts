import type { RunDocument } from '../../toolkit/run/document.ts';
import type { Meanings } from './meanings.ts';

/** One rule that some records of a run broke. */
export interface BrokenRule {
  readonly source: string;
  readonly rule: string;
  readonly records: number;
  /** Records read of the source. */
  readonly read: number;
  /** Null where the rule is no longer known. */
  readonly severity: 'reject' | 'warn' | null;
  readonly reason: string | null;
}

/** The rules that were broken, those of most records first. */
export function brokenRules({ rows, rules }: Pick<RunDocument, 'rows' | 'rules'>, meanings: Meanings | null): BrokenRule[] {
  const found = Object.entries(rules).flatMap(([source, counts]) =>
    Object.entries(counts).flatMap(([rule, records]): BrokenRule[] => {
      const meaning = meanings?.[source]?.[rule];
      const severity = meaning && meaning.severity !== 'off' ? meaning.severity : null;
      return records === 0 ? [] : [{ source, rule, records, read: rows[source]?.read ?? 0, severity, reason: meaning?.reason ?? null }];
    }),
  );
  return found.sort((a, b) => b.records - a.records || (a.source < b.source ? -1 : a.source > b.source ? 1 : a.rule < b.rule ? -1 : 1));
}

/** What the severity did to a record, in a word. */
export const verdictOf = ({ severity }: Pick<BrokenRule, 'severity'>): string =>
  severity === 'reject' ? 'refused' : severity === 'warn' ? 'warned' : '';
