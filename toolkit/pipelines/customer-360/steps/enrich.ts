import { type Accepted, emailDomain, type Frame, outwardCode, type StepContext } from 'daybook';
import { activity } from '../columns/activity.ts';
import { employer } from '../columns/employer.ts';
import { location } from '../columns/location.ts';
import { enrichmentStatus, qualityScore } from '../columns/quality.ts';
import { risk, riskLevel } from '../columns/risk.ts';
import { segment } from '../columns/segment.ts';
import type { crm } from '../contracts/crm.ts';
import type { companies, postcodes } from '../contracts/lookups.ts';
import { customerEnriched } from '../customer-enriched.ts';
import type { Settings } from '../settings.ts';
import type { contactByCustomer } from './contact-by-customer.ts';
import type { spendByCustomer } from './spend-by-customer.ts';

export interface EnrichInputs {
  readonly crm: Frame<Accepted<typeof crm>>;
  readonly spend: ReturnType<typeof spendByCustomer>;
  readonly contact: ReturnType<typeof contactByCustomer>;
  readonly postcodes: Frame<Accepted<typeof postcodes>>;
  readonly companies: Frame<Accepted<typeof companies>>;
}

/**
 * One row a customer with all that is known of them: the business columns of `customer_enriched`, in its order.
 *
 * - Place: by outward code from the file, by whole postcode from the service.
 */
export const enrich = ({ crm, spend, contact, postcodes, companies }: EnrichInputs, { asOf, settings, services }: StepContext<Settings>) =>
  crm
    .join_left(spend, 'customer_id')
    .join_left(contact, 'customer_id')
    .derive((c) => ({ outcode: services.has('postcodes') ? c.postcode : outwardCode(c.postcode), domain: emailDomain(c.email) }))
    .join_left(
      postcodes.derive((c) => ({ found_outcode: c.outcode })),
      'outcode',
    )
    .join_left(companies, 'domain')
    .derive((c) => ({ ...activity(c, asOf), ...location(c), ...employer(c) }))
    .derive((c) => ({ ...risk(c, settings), segment: segment(c, settings) }))
    .derive((c) => ({ calculated_risk: riskLevel(c, settings), enrichment_status: enrichmentStatus(c), data_quality_score: qualityScore(c) }))
    .select(...customerEnriched.keyof().options);
