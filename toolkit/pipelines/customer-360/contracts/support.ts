import { contract, date, id, word } from 'daybook';

/** The support export: one record a ticket. */
export const support = contract(
  'support',
  {
    ticket_id: id({ title: 'Ticket number', dimension: 'uniqueness' }),
    customer_ref: id({ title: 'Customer number', personal: 'identifier', dimension: 'consistency' }),
    issue_type: word({ title: 'Issue type', words: ['billing', 'technical', 'general'], otherwise: 'other', dimension: 'consistency' }),
    priority: word({ title: 'Priority', words: ['high', 'medium', 'low'], otherwise: 'unknown', dimension: 'consistency' }),
    created_date: date({ title: 'Ticket date', dimension: 'validity' }),
  },
  { key: 'ticket_id', references: { customer_ref: 'crm' } },
);
