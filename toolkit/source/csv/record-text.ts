import type { RecordContent, RecordTexts } from '../replacements.ts';
import { fieldsOf, type Header } from './header.ts';

/** A text as a quoted field, so that no sign in it counts. Null is an empty field. */
const fieldOf = (text: string | null): string => (text === null ? '' : `"${text.replaceAll('"', '""')}"`);

/** A record as the file would hold it: the columns where the header has them, what it has besides empty. */
export function recordBytes(content: RecordContent, columns: readonly string[], { width, indexes }: Header): Buffer {
  if (typeof content === 'string') return Buffer.from(content);
  const fields = Array.from({ length: width }, () => '');
  columns.forEach((name, i) => {
    fields[indexes[i] as number] = fieldOf(content[name] ?? null);
  });
  // A line without any character would be no record.
  return Buffer.from(fields.join(',') || '""');
}

/** The texts of a legal record by column, or null where it has another number of fields than the header. */
export function recordTexts(record: string, columns: readonly string[], { width, indexes }: Header): RecordTexts | null {
  const fields = fieldsOf(record);
  return fields.length === width ? Object.fromEntries(columns.map((name, i) => [name, fields[indexes[i] as number] ?? null])) : null;
}
