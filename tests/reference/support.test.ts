import test, { type ExecutionContext } from 'ava';
import { breaksOf, type Cells, csv, gives, run } from './room.ts';

/** One ticket breaks these codes, and leaves its customer these columns. */
function tickets(t: ExecutionContext, cells: Cells, codes: readonly string[], columns: object): void {
  gives(t, { support: csv('support', cells) }, 'support', codes, columns);
}

const OUT = { tickets_count: 0, last_contact_date: null };
const IN = { tickets_count: 1, last_contact_date: '2024-03-01' };

test('a good ticket', tickets, {}, [], IN);
test('ticket_id missing', tickets, { ticket_id: ' ' }, ['1 ticket_id.missing'], OUT);
test('ticket_id invalid', tickets, { ticket_id: '1.0' }, ['1 ticket_id.invalid'], OUT);
test('ticket_id with leading zeros', tickets, { ticket_id: '0001' }, [], IN);
test(
  'the last ticket of an id stays',
  gives,
  { support: csv('support', { created_date: '2024-03-09' }, { ticket_id: '01' }) },
  'support',
  ['1 ticket_id.duplicate'],
  IN,
);
test('customer_ref missing', tickets, { customer_ref: '' }, ['1 customer_ref.missing'], OUT);
test('customer_ref invalid', tickets, { customer_ref: 'C1' }, ['1 customer_ref.invalid'], OUT);
test('customer_ref zero is invalid, no orphan', tickets, { customer_ref: '0' }, ['1 customer_ref.invalid'], OUT);
test('customer_ref orphan', tickets, { customer_ref: '2' }, ['1 customer_ref.orphan'], OUT);
test('customer_ref is trimmed and compared by value', tickets, { customer_ref: '\u00a0001 ' }, [], IN);
test('issue_type is lower-case and trimmed', tickets, { issue_type: ' Technical ' }, [], IN);
test('issue_type general', tickets, { issue_type: 'GENERAL' }, [], IN);
test('issue_type unexpected only warns', tickets, { issue_type: 'billing question' }, ['1 issue_type.unexpected'], IN);
test('issue_type other as given is unexpected', tickets, { issue_type: 'other' }, ['1 issue_type.unexpected'], IN);
test('issue_type missing only warns', tickets, { issue_type: ' ' }, ['1 issue_type.missing'], IN);
test('priority is lower-case and trimmed', tickets, { priority: ' HIGH\t' }, [], { high_priority_tickets: 1 });
test('priority medium is not high', tickets, { priority: 'medium' }, [], { high_priority_tickets: 0 });
test('priority unexpected only warns', tickets, { priority: 'urgent' }, ['1 priority.unexpected'], { ...IN, high_priority_tickets: 0 });
test('priority unknown as given is unexpected', tickets, { priority: 'unknown' }, ['1 priority.unexpected'], IN);
test('priority missing only warns', tickets, { priority: '' }, ['1 priority.missing'], IN);
test('created_date in another form', tickets, { created_date: '01/03/2024' }, [], IN);
test('created_date invalid only warns', tickets, { created_date: '2024-02-30' }, ['1 created_date.invalid'], {
  tickets_count: 1,
  last_contact_date: null,
});
test('created_date missing only warns', tickets, { created_date: '' }, ['1 created_date.missing'], {
  tickets_count: 1,
  days_since_last_contact: null,
});
test(
  'every rule of a ticket is listed, rejected or not',
  tickets,
  { ticket_id: 'x', customer_ref: '9', issue_type: '', priority: 'p', created_date: 'd' },
  ['1 created_date.invalid', '1 customer_ref.orphan', '1 issue_type.missing', '1 priority.unexpected', '1 ticket_id.invalid'],
  OUT,
);
test('a duplicate and an orphan at once', (t) => {
  const result = run({ support: csv('support', { customer_ref: '2' }, {}) });
  t.deepEqual(breaksOf(result, 'support'), ['1 customer_ref.orphan', '1 ticket_id.duplicate']);
  t.like(result.rows.support, { read: 2, accepted: 1, rejected: 1 });
  t.like(result.broken[0], { key: '1', column: 'customer_ref' });
});
