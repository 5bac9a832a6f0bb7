import { cleanChoice, cleanDate } from './clean.ts';
import type { CsvRecord } from './csv.ts';
import { breakOrphans, cleanId } from './ids.ts';
import { breakDuplicates, type Judged, malformed, noteIn } from './judge.ts';

/** A support ticket as cleaned. */
export interface Ticket {
  readonly customer: number | null;
  readonly issueType: string;
  readonly priority: string;
  readonly date: string | null;
}

/** Cleans and judges the records of the support export, in reading order. */
export function judgeSupport(records: readonly CsvRecord[], customers: ReadonlySet<number>): Judged<Ticket>[] {
  const judged = records.map(judgeTicket);
  breakDuplicates(judged, 'ticket_id.duplicate');
  breakOrphans(judged, customers, 'customer_ref.orphan');
  return judged;
}

function judgeTicket(record: CsvRecord): Judged<Ticket> {
  const { file, record: number, line, cells } = record;
  if (cells === null) return malformed(record);
  const broken: string[] = [];
  const note = noteIn(broken);
  const cell = (column: string): string => cells[column] ?? '';
  const key = note('ticket_id', cleanId({ kind: 'text', text: cell('ticket_id') }));
  const row: Ticket = {
    customer: note('customer_ref', cleanId({ kind: 'text', text: cell('customer_ref') })),
    issueType: note('issue_type', cleanChoice(cell('issue_type'), ['billing', 'technical', 'general'], 'other')),
    priority: note('priority', cleanChoice(cell('priority'), ['high', 'medium', 'low'], 'unknown')),
    date: note('created_date', cleanDate(cell('created_date'))),
  };
  return { file, record: number, line, key, broken, row };
}
