/** The five sources of customer-360, in the order they are read. */
export type SourceName = 'crm' | 'orders' | 'support' | 'postcodes' | 'companies';

/** What happens to a record that breaks a rule. */
export type Severity = 'reject' | 'warn' | 'off';

/** One file of a source; a source's files come in reading order. */
export interface ReferenceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The part of the page that is configuration beside severities. Money is pounds as exact text. */
export interface ReferenceSettings {
  readonly riskRegions: readonly string[];
  readonly riskPoints: {
    readonly region: number;
    readonly smallBusiness: number;
    readonly largeCompany: number;
    readonly suspended: number;
    readonly noGeo: number;
  };
  /** The highest score that is still `Low`, and the highest that is still `Medium`. */
  readonly riskCutOffs: { readonly low: number; readonly medium: number };
  /** `vip` and `regular` from this total on; `occasional` above this total. */
  readonly segments: { readonly vip: string; readonly regular: string; readonly occasional: string };
}

/** One run: the files, the as-of date (`YYYY-MM-DD`), and what configuration changes. */
export interface ReferenceInput {
  readonly sources: Readonly<Record<SourceName, readonly ReferenceFile[]>>;
  readonly asOf: string;
  readonly rules?: Readonly<Partial<Record<SourceName, Readonly<Record<string, Severity>>>>>;
  readonly settings?: Partial<ReferenceSettings>;
  /** Default 32 MB (32 * 1024 * 1024). */
  readonly recordLimitBytes?: number;
}

/** The business columns of `customer_enriched`, in the page's order. Money is exact text, dates `YYYY-MM-DD`. */
export interface ReferenceCustomer {
  readonly customer_id: number;
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string | null;
  readonly email_valid: 0 | 1;
  readonly phone: string | null;
  readonly phone_valid: 0 | 1;
  readonly postcode: string | null;
  readonly company: string | null;
  readonly is_business: 0 | 1;
  readonly registration_date: string | null;
  readonly status: string;
  readonly orders_count: number;
  readonly total_spent: string;
  readonly average_order: string | null;
  readonly first_order_date: string | null;
  readonly last_order_date: string | null;
  readonly tickets_count: number;
  readonly high_priority_tickets: number;
  readonly last_contact_date: string | null;
  readonly days_since_last_contact: number | null;
  readonly region: string;
  readonly country: string;
  readonly district: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly geo_enriched: 0 | 1;
  readonly company_size: string;
  readonly industry: string;
  readonly annual_revenue: string;
  readonly risk_score: number;
  readonly calculated_risk: string;
  readonly risk_factors: string;
  readonly segment: string;
  readonly enrichment_status: string;
  readonly data_quality_score: number;
}

/** One broken rule of one record. `key` is the valid key as canonical text, else null. */
export interface ReferenceBreak {
  readonly source: SourceName;
  readonly file: string;
  readonly record: number;
  readonly line: number | null;
  readonly key: string | null;
  readonly rule: string;
  readonly column: string | null;
  readonly severity: 'reject' | 'warn';
}

/** Counts of one source's records: read = accepted + rejected; warned are accepted ones. */
export interface ReferenceRows {
  read: number;
  accepted: number;
  rejected: number;
  warned: number;
}

/** What a run on files gives. */
export interface ReferenceResult {
  readonly rows: Record<SourceName, ReferenceRows>;
  readonly rules: Record<SourceName, Record<string, number>>;
  readonly customers: readonly ReferenceCustomer[];
  readonly broken: readonly ReferenceBreak[];
}
