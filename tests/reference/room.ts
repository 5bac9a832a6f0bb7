import type { ExecutionContext } from 'ava';
import { COLUMNS } from './codes.ts';
import { readCsv } from './csv.ts';
import { type ReferenceInput, type ReferenceResult, ReferenceStop, reference, type SourceName } from './index.ts';
import type { StopReason } from './stop.ts';

/** A file's content: a text is written as UTF-8. */
export type Content = string | Uint8Array;

/** A small run: every source that is not said is empty, the CRM holds customer 1. */
export interface SmallRun extends Partial<Record<SourceName, Content | readonly string[]>> {
  readonly rules?: ReferenceInput['rules'];
  readonly settings?: ReferenceInput['settings'];
  readonly asOf?: string;
  readonly limit?: number;
}

export type CsvSource = keyof typeof COLUMNS;
export type Cells = Readonly<Record<string, string>>;

const GOOD: Readonly<Record<CsvSource, Cells>> = {
  crm: {
    customer_id: '1',
    first_name: 'Ada',
    last_name: 'Byron',
    email: 'ada@shop.example',
    phone: '02079460018',
    postcode: 'SW1A 1AA',
    company: '',
    registration_date: '2024-01-02',
    status: 'active',
  },
  support: { ticket_id: '1', customer_ref: '1', issue_type: 'billing', priority: 'low', created_date: '2024-03-01' },
  postcodes: {
    outcode: 'SW1A',
    region: 'South East',
    country: 'England',
    district: 'Kent',
    latitude: '51.5',
    longitude: '-0.1',
  },
  companies: { domain: 'shop.example', company_size: 'Small', industry: 'Retail', annual_revenue: '£1M' },
};

/** A CSV of good records, each with some cells changed. */
export function csv(source: CsvSource, ...records: readonly Cells[]): string {
  const lines = records.map((cells) => COLUMNS[source].map((column) => quoted({ ...GOOD[source], ...cells }[column])));
  return [COLUMNS[source], ...lines].map((line) => `${line.join(',')}\n`).join('');
}

function quoted(cell = ''): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** An NDJSON feed of good orders of customer 1, each given as the members after `order_id`. */
export function order(members: string, id = '1'): string {
  return `{"order_id":${id},${members}}`;
}

/** The result of a small run. */
export function run(small: SmallRun): ReferenceResult {
  const files = (source: SourceName, otherwise: string) =>
    [small[source] ?? otherwise].flat().map((content, index) => ({
      name: `${source}-${index + 1}`,
      bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    }));
  return reference({
    sources: {
      crm: files('crm', csv('crm', {})),
      orders: files('orders', '[]'),
      support: files('support', csv('support')),
      postcodes: files('postcodes', csv('postcodes')),
      companies: files('companies', csv('companies')),
    },
    asOf: small.asOf ?? '2024-06-30',
    ...(small.rules && { rules: small.rules }),
    ...(small.settings && { settings: small.settings }),
    ...(small.limit !== undefined && { recordLimitBytes: small.limit }),
  });
}

/** The codes a source's records broke, as `record code`, in order. */
export function breaksOf(result: ReferenceResult, source: SourceName): string[] {
  return result.broken.filter((one) => one.source === source).map(({ record, rule }) => `${record} ${rule}`);
}

/** A CRM cell is cleaned to these columns, and its record breaks these codes. */
export function cleans(t: ExecutionContext, cells: Cells, expected: object, codes: readonly string[] = []): void {
  const result = run({ crm: csv('crm', cells) });
  t.like(result.customers[0], expected);
  t.deepEqual(
    result.broken.map(({ rule }) => rule),
    codes,
  );
}

/** Of a run, the columns of its customers and the codes of one source. */
export function gives(t: ExecutionContext, small: SmallRun, source: SourceName, codes: readonly string[], ...rows: readonly object[]): void {
  const result = run(small);
  t.deepEqual(breaksOf(result, source), codes);
  for (const [index, row] of rows.entries()) t.like(result.customers[index], row);
}

/** Orders of customer 1, one a line, break these codes and make this total. */
export function orders(t: ExecutionContext, feed: string, codes: readonly string[], total: string, more: object = {}): void {
  gives(t, { orders: feed }, 'orders', codes, { total_spent: total, ...more });
}

/** A CSV of the columns id, a, b is read to these `[line, cells]`; null for a malformed record. */
export function reads(t: ExecutionContext, text: string, expected: readonly (readonly [number, string | null])[], limit = 1000): void {
  const records = readCsv(
    { name: 'any.csv', bytes: new TextEncoder().encode(text) },
    { source: 'support', columns: ['id', 'a', 'b'], readsAsKey: (cell) => /^[0-9]+$/.test(cell.trim()), recordLimitBytes: limit },
  );
  t.deepEqual(
    records.map(({ line, cells }) => [line, cells && `${cells.id}|${cells.a}|${cells.b}`]),
    expected,
  );
  t.deepEqual(
    records.map(({ record }) => record),
    expected.map((_, index) => index + 1),
  );
}

/** A run stops (65) at a file of a source. */
export function stops(t: ExecutionContext, small: SmallRun, source: SourceName, what: StopReason, line: number | null): void {
  const stop = t.throws(() => run(small), { instanceOf: ReferenceStop });
  t.like(stop, { exit: 65, source, what, line });
}

/** A text for a title: in quotes, white space that titles lose written as escapes. */
export function shown(text: string): string {
  return JSON.stringify(text).replace(/[\u00a0\ufeff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
