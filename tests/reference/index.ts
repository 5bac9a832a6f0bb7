import { byCustomer } from './activity.ts';
import { COLUMNS, SOURCES, severitiesOf } from './codes.ts';
import { judgeCrm } from './crm.ts';
import { type CsvRecord, readCsv } from './csv.ts';
import { enrich, type Known } from './enrich.ts';
import { readFeed } from './feed.ts';
import { type Settled, settle } from './judge.ts';
import { judgeCompanies, judgePostcodes } from './lookups.ts';
import { idOfText } from './numbers.ts';
import { judgeOrders } from './orders.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { judgeSupport } from './support.ts';
import type { ReferenceInput, ReferenceResult, SourceName } from './types.ts';

export { ReferenceStop } from './stop.ts';
export type {
  ReferenceCustomer,
  ReferenceFile,
  ReferenceInput,
  ReferenceResult,
  ReferenceSettings,
  SourceName,
} from './types.ts';

const DEFAULT_LIMIT_BYTES = 32 * 1024 * 1024;

/**
 * A run of customer-360 whose lookups are files, restated row by row from the page.
 *
 * @throws {ReferenceStop} for a file that stops the run (exit 65).
 * @throws {RangeError} for a rule that is unknown or fixed (exit 78), or a total beyond 90071992547409.91 (exit 65).
 */
export function reference(input: ReferenceInput): ReferenceResult {
  const severities = (source: SourceName) => severitiesOf(source, input.rules);
  const files = readFiles(input);
  const crm = settle('crm', judgeCrm(files.crm), severities('crm'));
  const ids = new Set(crm.accepted.map(({ id }) => id));
  const orders = settle('orders', judgeOrders(files.orders, ids), severities('orders'));
  const support = settle('support', judgeSupport(files.support, ids), severities('support'));
  const areas = judgePostcodes(files.postcodes, severities('postcodes'));
  const postcodes = settle('postcodes', areas, severities('postcodes'));
  const businesses = judgeCompanies(files.companies, severities('companies'));
  const companies = settle('companies', businesses, severities('companies'));
  const known: Known = {
    orders: byCustomer(orders.accepted),
    tickets: byCustomer(support.accepted),
    areas: new Map(postcodes.accepted.map((area) => [area.outcode, area])),
    businesses: new Map(companies.accepted.map((business) => [business.domain, business])),
    asOf: input.asOf,
    settings: { ...DEFAULT_SETTINGS, ...input.settings },
  };
  const customers = crm.accepted.toSorted((a, b) => a.id - b.id).map((customer) => enrich(customer, known));
  return { ...countsOf({ crm, orders, support, postcodes, companies }), customers };
}

/** Reads the files of every source before anything is judged. */
function readFiles(input: ReferenceInput) {
  const recordLimitBytes = input.recordLimitBytes ?? DEFAULT_LIMIT_BYTES;
  const csv = (source: 'crm' | 'support' | 'postcodes' | 'companies'): CsvRecord[] => {
    const isId = source === 'crm' || source === 'support';
    const readsAsKey = (cell: string): boolean => (isId ? idOfText(cell.trim()) !== null : cell.trim() !== '');
    const options = { source, columns: COLUMNS[source], readsAsKey, recordLimitBytes };
    return input.sources[source].flatMap((file) => readCsv(file, options));
  };
  return {
    crm: csv('crm'),
    orders: input.sources.orders.flatMap((file) => readFeed(file, recordLimitBytes)),
    support: csv('support'),
    postcodes: csv('postcodes'),
    companies: csv('companies'),
  };
}

function countsOf(settled: Record<SourceName, Settled<unknown>>): Omit<ReferenceResult, 'customers'> {
  const { crm, orders, support, postcodes, companies } = settled;
  return {
    rows: {
      crm: crm.rows,
      orders: orders.rows,
      support: support.rows,
      postcodes: postcodes.rows,
      companies: companies.rows,
    },
    rules: {
      crm: crm.rules,
      orders: orders.rules,
      support: support.rules,
      postcodes: postcodes.rules,
      companies: companies.rules,
    },
    broken: SOURCES.flatMap((source) => settled[source].broken),
  };
}
