import { Frame } from '../frame.ts';
import type { Session } from '../session.ts';
import { column, FromClauseNode, type FromNode, quoted, type Selected, selectFrom, sqlNode, tableRef } from '../sql.ts';

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

/** Loads CSV files into one new table of text columns, in order: `c0`, `c1` …, as a name of theirs may be one that the engine keeps to itself. */
export async function loadCsv(session: Session, columns: readonly string[], parts: readonly CsvPart[], parallel = true): Promise<LoadedCsv> {
  const table = session.freshName('source');
  await session.run(`CREATE TABLE ${quoted(table)} (${columns.map((_, i) => `c${i} VARCHAR`).join(', ')})`, 'make a table');
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

/** Frees loaded rows. */
export const dropLoaded = (session: Session, table: string): Promise<void> => session.run(`DROP TABLE IF EXISTS ${quoted(table)}`, 'free a table');

/** A frame over loaded rows. */
export const loadedFrame = <R extends object>(table: string, columns: readonly string[]): Frame<R> =>
  frameOfTable(
    table,
    columns.map((name, i) => [name, column(`c${i}`)]),
  );

/** A frame over loaded rows: `row`, a row's place in the table from 1, then the texts; those of a column that is called so itself are in `raw:row`. */
export const numberedFrame = <R extends object>(table: string, columns: readonly string[]): Frame<R> =>
  frameOfTable(table, [
    ['row', sqlNode('(', column('rowid'), ' + 1)')],
    ...columns.map((name, i): Selected => [name.toLowerCase() === 'row' ? `raw:${name}` : name, column(`c${i}`)]),
  ]);

const frameOfTable = <R extends object>(table: string, list: readonly Selected[]): Frame<R> =>
  new Frame({
    columns: list.map(([name]) => name),
    inputs: [],
    build: () => selectFrom(new FromClauseNode(tableRef(table), 'l') as FromNode, list),
  });
