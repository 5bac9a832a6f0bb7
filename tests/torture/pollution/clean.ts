import { parse } from 'csv-parse/sync';
import { COLUMNS } from '../../reference/codes.ts';
import type { Files } from '../../run-in-folder.ts';

export type CsvSource = keyof typeof COLUMNS;
export const CSV_SOURCES = Object.keys(COLUMNS) as CsvSource[];

/** What is well-formed in generated files. */
export interface Clean {
  /** By the names of the header, one record a key. */
  readonly records: Readonly<Record<CsvSource, readonly Readonly<Record<string, string>>[]>>;
  /** Objects as their JSON. */
  readonly orders: readonly string[];
}

/** Takes the well-formed records out of generated files; of the postcodes those that a customer has. */
export function cleanOf(files: Files): Clean {
  const records = Object.fromEntries(CSV_SOURCES.map((source) => [source, recordsIn(files, source)])) as Record<CsvSource, Record<string, string>[]>;
  const addresses = records.crm.map(({ postcode = '' }) => postcode.replace(/\s/g, '').toUpperCase());
  const postcodes = records.postcodes.filter(({ outcode = '-' }) => addresses.some((it) => it.startsWith(outcode)));
  return { records: { ...records, postcodes }, orders: ordersIn(files) };
}

function recordsIn(files: Files, source: CsvSource): Record<string, string>[] {
  const rows = parse(Buffer.from(files[source].bytes), { bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true });
  const [header = [], ...records] = rows as string[][];
  const [key] = COLUMNS[source];
  const isKey = source === 'crm' || source === 'support' ? /^[1-9][0-9]{0,14}$/ : /^[\w.-]+$/;
  const byKey = new Map<string, Record<string, string>>();
  for (const record of records) {
    const fields = Object.fromEntries(header.map((name, i) => [name.trim(), record[i] ?? '']));
    if (record.length === header.length && isKey.test(fields[key] ?? '')) byKey.set(fields[key] as string, fields);
  }
  return [...byKey.values()];
}

/** The orders that stand on a line as JSON.stringify would write them: their numbers then are what JSON.parse makes of them. */
function ordersIn(files: Files): string[] {
  const lines = Buffer.from(files.orders.bytes).toString().split('\n');
  return lines.map((line) => line.trim()).filter((line) => /^\{"order_id":"?[0-9]+"?,/.test(line) && isPlain(line));
}

function isPlain(line: string): boolean {
  try {
    return JSON.stringify(JSON.parse(line)) === line;
  } catch {
    return false;
  }
}
