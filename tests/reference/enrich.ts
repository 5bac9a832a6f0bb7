import { contactOf, spendOf } from './activity.ts';
import type { Customer } from './crm.ts';
import type { Area, Business } from './lookups.ts';
import type { Order } from './orders.ts';
import { riskOf } from './risk.ts';
import type { Ticket } from './support.ts';
import type { ReferenceCustomer, ReferenceSettings } from './types.ts';

/** Everything accepted, by what it is found by. */
export interface Known {
  readonly orders: ReadonlyMap<number, readonly Order[]>;
  readonly tickets: ReadonlyMap<number, readonly Ticket[]>;
  readonly areas: ReadonlyMap<string, Area>;
  readonly businesses: ReadonlyMap<string, Business>;
  readonly asOf: string;
  readonly settings: ReferenceSettings;
}

/** The row of `customer_enriched` of one accepted customer. */
export function enrich(customer: Customer, known: Known): ReferenceCustomer {
  const spend = spendOf(known.orders.get(customer.id) ?? [], known.settings);
  const contact = contactOf(known.tickets.get(customer.id) ?? [], known.asOf);
  const place = placeOf(customer, known);
  const business = businessOf(customer, known);
  const isGeoEnriched = place.geo_enriched === 1;
  const isBusiness = customer.company !== null;
  const facts = { isBusiness, isGeoEnriched, region: place.region, status: customer.status };
  const { company_size: companySize, annual_revenue: annualRevenue } = business;
  const risk = riskOf({ ...facts, companySize, annualRevenue }, known.settings);
  // Every column is written out: a spread of so many is ten times as slow.
  return {
    customer_id: customer.id,
    first_name: customer.firstName,
    last_name: customer.lastName,
    email: customer.email,
    email_valid: flag(customer.isEmailValid),
    phone: customer.phone,
    phone_valid: flag(customer.isPhoneValid),
    postcode: customer.postcode,
    company: customer.company,
    is_business: flag(isBusiness),
    registration_date: customer.registrationDate,
    status: customer.status,
    orders_count: spend.orders_count,
    total_spent: spend.total_spent,
    average_order: spend.average_order,
    first_order_date: spend.first_order_date,
    last_order_date: spend.last_order_date,
    tickets_count: contact.tickets_count,
    high_priority_tickets: contact.high_priority_tickets,
    last_contact_date: contact.last_contact_date,
    days_since_last_contact: contact.days_since_last_contact,
    region: place.region,
    country: place.country,
    district: place.district,
    latitude: place.latitude,
    longitude: place.longitude,
    geo_enriched: place.geo_enriched,
    company_size: business.company_size,
    industry: business.industry,
    annual_revenue: business.annual_revenue,
    risk_score: risk.risk_score,
    calculated_risk: risk.calculated_risk,
    risk_factors: risk.risk_factors,
    segment: spend.segment,
    enrichment_status: statusOf(isGeoEnriched, isBusiness),
    data_quality_score: qualityOf(customer),
  };
}

function placeOf({ postcode }: Customer, { areas }: Known) {
  const area = postcode === null ? undefined : areas.get(postcode.split(' ')[0] ?? '');
  return {
    region: area?.region ?? 'Unknown',
    country: area?.country ?? 'Unknown',
    district: area?.district ?? 'Unknown',
    latitude: area?.latitude ?? null,
    longitude: area?.longitude ?? null,
    geo_enriched: flag(area !== undefined),
  };
}

function businessOf({ company, email }: Customer, { businesses }: Known) {
  if (company === null) return { company_size: 'Individual', industry: 'Personal', annual_revenue: 'N/A' };
  const domain = email?.includes('@') ? email.slice(email.lastIndexOf('@') + 1) : '';
  const business = businesses.get(domain);
  return {
    company_size: business?.companySize ?? 'Unknown',
    industry: business?.industry ?? 'Unknown',
    annual_revenue: business?.annualRevenue ?? 'Unknown',
  };
}

function statusOf(isGeoEnriched: boolean, isBusiness: boolean): string {
  if (isGeoEnriched && isBusiness) return 'Fully Enriched';
  return isGeoEnriched || isBusiness ? 'Partially Enriched' : 'Basic Profile';
}

function qualityOf(customer: Customer): number {
  const { firstName, lastName, isEmailValid, isPhoneValid } = customer;
  return 25 * [firstName !== 'Unknown', lastName !== 'Unknown', isEmailValid, isPhoneValid].filter(Boolean).length;
}

function flag(holds: boolean): 0 | 1 {
  return holds ? 1 : 0;
}
