import { quoted } from '../execute.ts';
import { Frame } from '../frame.ts';
import type { Session } from '../session.ts';
import { column, FromClauseNode, type FromNode, JoinNode, Query, type Selected, sqlNode, tableRef } from '../sql.ts';

/** One CSV file for the engine: legal by RFC 4180, of one width and one kind of line end, with a header line. */
export interface CsvPart {
  readonly path: string;
  /** Fields of every record. */
  readonly width: number;
  /** For each column of the table, the index of its field. */
  readonly indexes: readonly number[];
  /** No record, header and line end included, is longer. */
  readonly longestBytes: number;
}

/** Rows of text in a table, numbered by their place in it. */
export interface LoadedCsv {
  readonly table: string;
  /** How many rows each part gave. */
  readonly counts: readonly number[];
}

const MIB = 1 << 20;
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
/** The engine takes a path for a pattern: what would be a wildcard stands in a class of its own. */
const literalPath = (path: string): string => path.replace(/[[*?]/g, '[$&]');

/** The engine's own guesses are all off; an empty field is null, an empty quoted one ''. */
function readOf(part: CsvPart, parallel: boolean): string {
  const lineBytes = Math.max(2 * MIB, part.longestBytes + 4096);
  const options = [
    text(literalPath(part.path)),
    "auto_detect = false, delim = ',', quote = '\"', escape = '\"', header = true, compression = 'none', allow_quoted_nulls = false",
    `max_line_size = ${lineBytes}, buffer_size = ${Math.max(32 * MIB, 2 * lineBytes)}, parallel = ${parallel}`,
    `columns = {${Array.from({ length: part.width }, (_, i) => `'c${i}': 'VARCHAR'`).join(', ')}}`,
  ];
  return `read_csv(${options.join(', ')})`;
}

/** Loads CSV files into one new table of text columns, in order. */
export async function loadCsv(session: Session, columns: readonly string[], parts: readonly CsvPart[], parallel = true): Promise<LoadedCsv> {
  const table = session.freshName('source');
  await session.run(`CREATE TABLE ${quoted(table)} (${columns.map((name) => `${quoted(name)} VARCHAR`).join(', ')})`, 'make a table');
  const counts: number[] = [];
  let before = 0;
  try {
    for (const part of parts) {
      const fields = part.indexes.map((index) => `c${index}`).join(', ');
      await session.run(`INSERT INTO ${quoted(table)} SELECT ${fields} FROM ${readOf(part, parallel)}`, 'read a CSV file');
      const [row] = await session.rows<{ n: bigint }>(`SELECT count(*) AS n FROM ${quoted(table)}`, 'count rows');
      counts.push(Number(row?.n ?? 0) - before);
      before = Number(row?.n ?? 0);
    }
  } catch (fault) {
    await session.run(`DROP TABLE ${quoted(table)}`, 'free a table');
    throw fault;
  }
  return { table, counts };
}

/** Frees loaded rows and row numbers. */
export async function dropLoaded(session: Session, ...tables: readonly string[]): Promise<void> {
  for (const table of tables) await session.run(`DROP TABLE IF EXISTS ${quoted(table)}`, 'free a table');
}

/** A table of the numbers 1 to `last` without those left out (one at least), in order: the row numbers of loaded rows. */
export async function loadRowNumbers(session: Session, last: number, leftOut: readonly number[]): Promise<string> {
  const table = session.freshName('row_numbers');
  // One text literal: a list of a hundred thousand values would take the parser seconds, and the appender a table.
  const out = `SELECT CAST(unnest(string_split(${text(leftOut.join(','))}, ',')) AS BIGINT) AS n`;
  const numbers = `SELECT r.n FROM range(1, ${last + 1}) r(n) ANTI JOIN (${out}) o ON r.n = o.n ORDER BY r.n`;
  await session.run(`CREATE TABLE ${quoted(table)} AS ${numbers}`, 'number the rows');
  return table;
}

/**
 * A frame over loaded rows: `row`, then the texts. The row number is the place in the table, or where some are left out,
 * the number that stands in that place of `rowNumbers`.
 */
export function numberedFrame<R extends object>(table: string, columns: readonly string[], rowNumbers: string | null): Frame<R> {
  const rows = tableRef('l');
  const numbers = tableRef('n');
  const place = sqlNode(column('rowid', rows));
  const row = rowNumbers === null ? sqlNode('(', place, ' + 1)') : column('n', numbers);
  const list: Selected[] = [['row', row], ...columns.map((name): Selected => [name, column(name, rows)])];
  const left = new FromClauseNode(tableRef(table), 'l') as FromNode;
  return new Frame({
    columns: list.map(([name]) => name),
    inputs: [],
    build: () => {
      if (rowNumbers === null) return Query.from(left).select(list);
      const right = new FromClauseNode(tableRef(rowNumbers), 'n') as FromNode;
      const on = sqlNode(place, ' = ', column('rowid', numbers));
      return Query.from(new JoinNode(left, right, 'REGULAR', 'INNER', on)).select(list);
    },
  });
}
