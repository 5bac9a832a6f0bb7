import { BLANKS, IMPOSSIBLE_DATES } from './dirt.ts';
import { deckOf, nowAndThen, type Random, randomFrom } from './random.ts';
import { showcasesIn } from './showcase.ts';
import { customerFrom, pickedAt } from './spread.ts';
import { csvRecord, dateWithin, inSomeForm } from './text.ts';

interface Ticket {
  readonly id: string;
  readonly customer: string;
  readonly issue: string;
  readonly priority: string;
  readonly created: string;
}
type Refused = (ticket: Ticket) => string;

const HEADER = 'ticket_id, issue_type ,priority,customer_ref,created_date\r\n';
const FIRST_TICKET = 70001;
const FAULT_EVERY = 30;
const ISSUES = ['billing', 'billing', 'technical', 'technical', 'technical', 'general'];
const PRIORITIES = ['high', 'medium', 'medium', 'low', 'low', 'low'];

const record = ({ id, customer, issue, priority, created }: Ticket): string => csvRecord([id, issue, priority, customer, created]);
const changed =
  (change: Partial<Ticket>): Refused =>
  (ticket) =>
    record({ ...ticket, ...change });

// Each is made from the ticket that comes after it; a duplicate keeps that ticket's number, the others have one of their own.
const DUPLICATES: readonly Refused[] = [
  changed({ priority: 'low' }),
  (ticket) => record({ ...ticket, id: `00${ticket.id}`, customer: '77' }),
  changed({ created: '', issue: '', priority: '' }),
  changed({ customer: '', created: '2024-13-01' }),
  (ticket) => record({ ...ticket, id: ` ${ticket.id}\t` }),
];
const NUMBERS: readonly Refused[] = [
  ...['', ' \u00a0'].map((id) => changed({ id })),
  ...['T-100', '0', '12.0', '9007199254740992', '-7'].map((id) => changed({ id })),
];
const REFERENCES: readonly Refused[] = ['', '\t', 'unknown', '1e3', '0', '10,001', '77', '900000001', '9007199254740990', '0000005'].map(
  (customer) => (ticket) => record({ ...ticket, id: `9${ticket.id}`, customer }),
);
const MALFORMED: readonly Refused[] = [
  ({ id }) => `9${id},billing,high`,
  ({ id, customer }) => `9${id},billing,high,${customer},2025-01-05,`,
  ({ id, customer }) => `9${id},"billing"s,high,${customer},2025-01-05`,
  ({ id, customer }) => `9${id},bill"ing",high,${customer},2025-01-05`,
  ({ id, customer }) => `9${id},bill\u0000ing,high,${customer},2025-01-05`,
  ({ id }) => `9${id},"billing\nand more",high`,
];
const FAULTS: readonly Refused[] = [...MALFORMED, ...DUPLICATES, ...NUMBERS, ...REFERENCES];

/**
 * The records of `support.csv`: about half a ticket for a customer, and one fault for every 30.
 *
 * - Columns in another order than the page's, one name with blanks round it; CRLF for the most part.
 */
export function* supportRecords(rows: number, seed: number): Generator<string> {
  const random = randomFrom(seed, 'support');
  const ticketAt = ticketsFrom(random, rows);
  const nextFault = deckOf(FAULTS);
  const lineEnd = nowAndThen(random, 120, ['\n', '\r\n\r\n', '\r', '\n\n']);
  const picked = pickedTickets(rows);
  const count = Math.max(Math.floor(rows * 0.485), picked.length);
  yield HEADER;
  for (let index = 0; index < count; index += 1) {
    const ticket = pickedAt(picked, index, count) ?? ticketAt();
    const numbered = { ...ticket, id: String(FIRST_TICKET + index) };
    if (index % FAULT_EVERY === FAULT_EVERY - 11) yield `${nextFault()(numbered)}\r\n`;
    yield record(numbered) + (lineEnd() ?? '\r\n');
  }
}

function ticketsFrom(random: Random, rows: number): () => Omit<Ticket, 'id'> {
  const issue = nowAndThen(random, 25, [...BLANKS, 'refund', 'BILLING', 'Other', ' Technical ', 'general!', 'other', 'N/A', 'General']);
  const priority = nowAndThen(random, 25, [...BLANKS, 'urgent', 'HIGH', 'Unknown', ' Medium\u00a0', 'P1', 'LOW', '0']);
  const created = nowAndThen(random, 25, [
    ...BLANKS.slice(0, 3),
    ...IMPOSSIBLE_DATES,
    '2026-01-01',
    '01/01/2026',
    '2026-01-31',
    '31-12-2025',
    ' 2025-12-31 ',
  ]);
  const customer = nowAndThen(random, 40, ['00', ' ', '\u00a0']);
  return () => ({
    customer: (customer() ?? '') + customerFrom(random, rows),
    issue: issue() ?? random.pick(ISSUES),
    priority: priority() ?? random.pick(PRIORITIES),
    created: created() ?? inSomeForm(random, random.chance(0.01) ? dateWithin(random, 2026, 2026) : dateWithin(random, 2023, 2025)),
  });
}

function pickedTickets(rows: number): Omit<Ticket, 'id'>[] {
  return showcasesIn(rows).flatMap(({ customer, showcase }) =>
    showcase.tickets.map(([issue, priority, created]) => ({ customer, issue, priority, created })),
  );
}
