import { amount, contract, date, id } from 'daybook';

/** The orders feed. Two systems write it, with names of their own for the same things. */
export const orders = contract(
  'orders',
  {
    order_id: id({ title: 'Order number', dimension: 'uniqueness' }),
    customer_id: id({ title: 'Customer number', personal: 'identifier', from: ['customer_id', 'cust_id'], dimension: 'consistency' }),
    amount: amount({
      title: 'Amount',
      from: ['amount', 'total'],
      reasons: { invalid: 'Amount is not a number with at most two decimals up to 9999999999.99.', negative: 'Amount is below zero.' },
      dimension: 'validity',
    }),
    date: date({ title: 'Order date', from: ['date', 'order_date'], dimension: 'validity' }),
  },
  { key: 'order_id', references: { customer_id: 'crm' } },
);
