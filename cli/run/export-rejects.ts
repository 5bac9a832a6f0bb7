import type { Frame, Session } from '../../toolkit/frame/index.ts';
import type { RejectRow } from '../../toolkit/run/index.ts';

export const FORMATS = ['ndjson', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

/** The fields of an export, in order: a contract. */
export const EXPORT_FIELDS = ['run_id', 'source', 'file', 'record', 'line', 'key', 'rule', 'column', 'severity', 'reason'] as const;
/** Beside them where values are asked for: personal data. */
export const VALUE_FIELDS = ['value', 'raw'] as const;

type Field = (typeof EXPORT_FIELDS)[number] | (typeof VALUE_FIELDS)[number];

interface ExportOptions {
  readonly runId: string;
  readonly format: Format;
  readonly hasValues: boolean;
  readonly session: Session;
}

/** Every broken rule as text, some thousand lines at a time, in the order of sources, files and records. */
export async function* exportText(rejects: Frame<RejectRow>, { runId, format, hasValues, session }: ExportOptions): AsyncGenerator<string> {
  const fields: readonly Field[] = hasValues ? [...EXPORT_FIELDS, ...VALUE_FIELDS] : EXPORT_FIELDS;
  const write = format === 'csv' ? csvLine : ndjsonLine;
  if (format === 'csv') yield `${fields.join(',')}\n`;
  const columns = fields.filter((field) => field !== 'run_id');
  const rows = rejects.orderby('source', 'file', 'record', 'rule').select(...columns);
  for await (const batch of rows.batches({ session, rows: 8192 })) {
    const values = columns.map((name) => batch.array(name) as readonly unknown[]);
    yield Array.from({ length: batch.numRows() }, (_, i) => write(fields, [runId, ...values.map((column) => column[i] ?? null)])).join('');
  }
}

function ndjsonLine(fields: readonly string[], values: readonly unknown[]): string {
  const line = Object.fromEntries(fields.map((field, i) => [field, values[i]]));
  const isRecord = typeof line['raw'] === 'string' && line['rule'] !== 'record.malformed';
  return `${JSON.stringify(isRecord ? { ...line, raw: JSON.parse(line['raw'] as string) as unknown } : line)}\n`;
}

const csvLine = (_: readonly string[], values: readonly unknown[]): string => `${values.map(csvCell).join(',')}\n`;

const csvCell = (value: unknown): string => {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
