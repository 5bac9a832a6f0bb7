import { csv, json, lookupSource, pipeline } from 'daybook';
import { crm } from './contracts/crm.ts';
import { companies, postcodes } from './contracts/lookups.ts';
import { orders } from './contracts/orders.ts';
import { support } from './contracts/support.ts';
import { customerEnriched } from './customer-enriched.ts';
import { settings } from './settings.ts';
import { contactByCustomer } from './steps/contact-by-customer.ts';
import { enrich } from './steps/enrich.ts';
import { spendByCustomer } from './steps/spend-by-customer.ts';

export { generate } from './generate.ts';

/** One row a customer from a CRM export, an orders feed, a support export and two lookups. */
export default pipeline('customer-360', {
  sources: {
    crm: csv(crm),
    orders: json(orders),
    support: csv(support),
    postcodes: lookupSource(postcodes, { service: { protocol: 'postcodes.io', source: 'crm', field: 'postcode' } }),
    companies: lookupSource(companies),
  },
  settings,
})
  .step('spend', ({ orders }) => spendByCustomer(orders))
  .step('contact', ({ support }) => contactByCustomer(support))
  .step('customers', ({ crm, spend, contact, postcodes, companies }, context) => enrich({ crm, spend, contact, postcodes, companies }, context))
  .publish('customer_enriched', {
    from: 'customers',
    key: 'customer_id',
    row: customerEnriched,
    ages: { days_since_last_contact: 'last_contact_date' },
  });
