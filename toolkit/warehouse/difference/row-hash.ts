import { createHash } from 'node:crypto';
import { hashedColumns } from '../published-columns.ts';
import { quoteName, quoteText } from '../sql-text.ts';
import type { PublishedTable } from '../warehouse.ts';
import { exactText } from './stored-value.ts';

const BITS = 60;

/**
 * DuckDB's expression for the row hash of a published table: 32 hexadecimal digits, never null.
 *
 * It is md5 over these parts, joined by NUL: a digest of the columns' names and kinds; which columns are null, as bit
 * masks; then the exact text of every column, empty where it is null. No text holds a NUL (`checkRelation` refuses it), so
 * the encoding is unambiguous and null differs from empty. Columns count by name: their order in the table does not
 * matter, and a column that is added, renamed or removed makes every row a changed one.
 */
export function rowHash(table: PublishedTable): string {
  const columns = [...hashedColumns(table)].sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = JSON.stringify(columns.map(({ name, kind }) => [name, kind]));
  const digest = createHash('sha256').update(names).digest('hex').slice(0, 16);
  const masks: string[] = [];
  for (let at = 0; at < columns.length; at += BITS) masks.push(nullMask(columns.slice(at, at + BITS).map((column) => column.name)));
  return `md5(concat(${[quoteText(digest), ...masks, ...columns.map(exactText)].join(', chr(0), ')}))`;
}

function nullMask(names: readonly string[]): string {
  const bits = names.map((name, i) => `CASE WHEN ${quoteName(name)} IS NULL THEN ${2n ** BigInt(i)}::BIGINT ELSE 0::BIGINT END`);
  return `(${bits.join(' + ')})`;
}
