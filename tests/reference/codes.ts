import type { ReferenceInput, Severity, SourceName } from './types.ts';

/** The five sources in reading order. */
export const SOURCES: readonly SourceName[] = ['crm', 'orders', 'support', 'postcodes', 'companies'];

/** The needed columns of each CSV source, the key first. */
export const COLUMNS = {
  crm: ['customer_id', 'first_name', 'last_name', 'email', 'phone', 'postcode', 'company', 'registration_date', 'status'],
  support: ['ticket_id', 'customer_ref', 'issue_type', 'priority', 'created_date'],
  postcodes: ['outcode', 'region', 'country', 'district', 'latitude', 'longitude'],
  companies: ['domain', 'company_size', 'industry', 'annual_revenue'],
} as const;

const FIXED_REJECTS: Readonly<Record<SourceName, readonly string[]>> = {
  crm: ['record.malformed', 'customer_id.missing', 'customer_id.invalid', 'customer_id.duplicate'],
  orders: [
    'record.malformed',
    'order_id.missing',
    'order_id.invalid',
    'order_id.duplicate',
    'customer_id.missing',
    'customer_id.invalid',
    'customer_id.orphan',
    'amount.missing',
    'amount.invalid',
  ],
  support: [
    'record.malformed',
    'ticket_id.missing',
    'ticket_id.invalid',
    'ticket_id.duplicate',
    'customer_ref.missing',
    'customer_ref.invalid',
    'customer_ref.orphan',
  ],
  postcodes: ['record.malformed', 'outcode.missing', 'outcode.duplicate'],
  companies: ['record.malformed', 'domain.missing', 'domain.duplicate'],
};

const DEFAULTS: Readonly<Record<SourceName, Readonly<Record<string, Severity>>>> = {
  crm: {
    'first_name.missing': 'warn',
    'last_name.missing': 'warn',
    'email.missing': 'warn',
    'email.invalid': 'warn',
    'phone.missing': 'warn',
    'phone.invalid': 'warn',
    'postcode.missing': 'warn',
    'postcode.invalid': 'warn',
    'registration_date.missing': 'warn',
    'registration_date.invalid': 'warn',
    'status.missing': 'warn',
    'status.unexpected': 'warn',
  },
  orders: { 'amount.negative': 'reject', 'date.missing': 'warn', 'date.invalid': 'warn' },
  support: {
    'issue_type.missing': 'warn',
    'issue_type.unexpected': 'warn',
    'priority.missing': 'warn',
    'priority.unexpected': 'warn',
    'created_date.missing': 'warn',
    'created_date.invalid': 'warn',
  },
  postcodes: { 'latitude.invalid': 'reject', 'longitude.invalid': 'reject' },
  companies: {},
};

/**
 * The severity of every code of a source, configuration over the defaults.
 *
 * @throws {RangeError} for an unknown code, or another severity of a fixed one (a run's exit 78).
 */
export function severitiesOf(source: SourceName, rules: ReferenceInput['rules']): ReadonlyMap<string, Severity> {
  const severities = new Map<string, Severity>();
  for (const code of FIXED_REJECTS[source]) severities.set(code, 'reject');
  for (const [code, severity] of Object.entries(DEFAULTS[source])) severities.set(code, severity);
  for (const [code, severity] of Object.entries(rules?.[source] ?? {})) {
    const isFixed = FIXED_REJECTS[source].includes(code);
    if (!severities.has(code)) throw new RangeError(`"${code}" is no rule of ${source}`);
    if (isFixed && severity !== 'reject') throw new RangeError(`"${code}" of ${source} is always reject`);
    severities.set(code, severity);
  }
  return severities;
}
