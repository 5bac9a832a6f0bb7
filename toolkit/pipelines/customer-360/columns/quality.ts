import { and, type Columns, eq, flag, neq, or, times, total, when } from 'daybook';

/** How much of the enrichment a customer has: place, company, both or neither. */
export const enrichmentStatus = (c: Columns<{ geo_enriched: 0 | 1; is_business: 0 | 1 }>) => {
  const geo = eq(c.geo_enriched, 1);
  const business = eq(c.is_business, 1);
  return when(and(geo, business), 'Fully Enriched').when(or(geo, business), 'Partially Enriched').otherwise('Basic Profile');
};

/** 25 points each for a known first name, a known last name, a valid e-mail address and a valid phone number. */
export const qualityScore = (c: Columns<{ first_name: string; last_name: string; email_valid: 0 | 1; phone_valid: 0 | 1 }>) =>
  times(total(flag(neq(c.first_name, 'Unknown')), flag(neq(c.last_name, 'Unknown')), c.email_valid, c.phone_valid), 25);
