/** The cells of a CSV of expected values (RFC 4180, LF or CRLF), each by its heading. An empty cell is null. */
export function cellsOf(text: string): { readonly columns: readonly string[]; readonly rows: readonly Readonly<Record<string, string | null>>[] } {
  const [columns = [], ...rows] = records(text.replace(/^\uFEFF/, ''));
  return { columns, rows: rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i] || null]))) };
}

const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

function records(text: string): string[][] {
  const all: string[][] = [];
  let record: string[] = [];
  CELL.lastIndex = 0;
  while (CELL.lastIndex < text.length) {
    const found = CELL.exec(text);
    if (!found) break;
    const [, quoted, plain = '', end] = found;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    all.push(record);
    record = [];
  }
  return all.filter((cells) => cells.length > 1 || cells[0] !== '');
}
