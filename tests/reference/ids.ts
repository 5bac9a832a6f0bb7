import { type Cleaned, trimmed } from './clean.ts';
import type { JsonCell } from './json-reader.ts';
import type { Judged } from './judge.ts';
import { idOfNumber, idOfText } from './numbers.ts';

/** An id or a reference: a text of digits, or in JSON a number of whole value; 1 to 9007199254740991. */
export function cleanId(cell: JsonCell): Cleaned<number | null> {
  const text = cell.kind === 'text' ? trimmed(cell.text) : cell.text;
  if (cell.kind === 'null' || text === null) return { value: null, fault: 'missing' };
  const value = cell.kind === 'text' ? idOfText(text) : cell.kind === 'number' ? idOfNumber(text) : null;
  return { value, fault: value === null ? 'invalid' : null };
}

/** Notes `code` on every record whose valid reference is not among the accepted customers. */
export function breakOrphans<Row extends { readonly customer: number | null }>(
  records: readonly Judged<Row>[],
  accepted: ReadonlySet<number>,
  code: string,
): void {
  for (const { row, broken } of records) {
    if (row !== null && row.customer !== null && !accepted.has(row.customer)) broken.push(code);
  }
}
