import { type Cleaned, cleanDate, trimmed } from './clean.ts';
import type { FeedRecord } from './feed.ts';
import { breakOrphans, cleanId } from './ids.ts';
import type { JsonCell } from './json-reader.ts';
import { breakDuplicates, type Judged, malformed, noteIn } from './judge.ts';
import { penceOfNumber, penceOfText } from './numbers.ts';

/** An order as cleaned; `pence` is null where the amount is not valid. */
export interface Order {
  readonly customer: number | null;
  readonly pence: bigint | null;
  readonly date: string | null;
}

const ABSENT: JsonCell = { kind: 'null', text: 'null' };

/** Cleans and judges the records of the orders feed, in reading order. */
export function judgeOrders(records: readonly FeedRecord[], customers: ReadonlySet<number>): Judged<Order>[] {
  const judged = records.map(judgeOrder);
  breakDuplicates(judged, 'order_id.duplicate');
  breakOrphans(judged, customers, 'customer_id.orphan');
  return judged;
}

function judgeOrder(record: FeedRecord): Judged<Order> {
  const { file, record: number, line, members } = record;
  if (members === null) return malformed(record);
  const broken: string[] = [];
  const note = noteIn(broken);
  const key = note('order_id', cleanId(members.get('order_id') ?? ABSENT));
  const row: Order = {
    customer: note('customer_id', cleanId(eitherOf(members, 'customer_id', 'cust_id'))),
    pence: note('amount', cleanAmount(eitherOf(members, 'amount', 'total'))),
    date: note('date', cleanOrderDate(eitherOf(members, 'date', 'order_date'))),
  };
  return { file, record: number, line, key, broken, row };
}

/** The member of the first name; the second's only where the first is absent or null. */
function eitherOf(members: ReadonlyMap<string, JsonCell>, first: string, second: string): JsonCell {
  const cell = members.get(first) ?? ABSENT;
  return cell.kind === 'null' ? (members.get(second) ?? ABSENT) : cell;
}

function cleanAmount(cell: JsonCell): Cleaned<bigint | null> {
  const text = cell.kind === 'text' ? trimmed(cell.text) : cell.text;
  if (cell.kind === 'null' || text === null) return { value: null, fault: 'missing' };
  const value = cell.kind === 'text' ? penceOfText(text) : cell.kind === 'number' ? penceOfNumber(text) : null;
  if (value === null) return { value, fault: 'invalid' };
  return { value, fault: value < 0n ? 'negative' : null };
}

function cleanOrderDate(cell: JsonCell): Cleaned<string | null> {
  if (cell.kind === 'null') return { value: null, fault: 'missing' };
  return cell.kind === 'text' ? cleanDate(cell.text) : { value: null, fault: 'invalid' };
}
