import { afterLineEnd, endOfLine, linesOf, readRecord } from '../../reference/csv-record.ts';

/** Texts by column, or the text of a line. */
export type Content = Readonly<Record<string, string | null>> | string;

/** A change that a person makes in a file: what begins on a line becomes something else, or is emptied. */
export interface HandEdit {
  readonly line: number;
  /** A malformed record is its line alone; a well-formed one may go over several. */
  readonly wasMalformed: boolean;
  readonly content: Content | null;
}

/** Where each physical line begins. LF alone ends a line of a feed; of a CSV, CR and CRLF do too. */
function lineStarts(text: string, isCsv: boolean): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; ) {
    const end = isCsv ? endOfLine(text, at) : (text.indexOf('\n', at) + 1 || text.length + 1) - 1;
    at = isCsv ? afterLineEnd(text, end) : end + 1;
    starts.push(at);
    if (end === text.length) break;
  }
  return starts;
}

/** The text with the edits made, the last first; lines that fall away become empty, so that all others keep their number. */
function edited(
  text: string,
  edits: readonly HandEdit[],
  isCsv: boolean,
  toText: (edit: HandEdit, from: number) => { end: number; by: string },
): string {
  const starts = lineStarts(text, isCsv);
  let done = text;
  for (const edit of [...edits].sort((a, b) => b.line - a.line)) {
    const from = starts[edit.line - 1] ?? text.length;
    const { end, by } = toText(edit, from);
    const lost = isCsv ? linesOf(text.slice(from, end)).length - linesOf(by).length : 0;
    done = done.slice(0, from) + by + '\n'.repeat(Math.max(0, lost)) + done.slice(end);
  }
  return done;
}

const quoted = (text: string | null | undefined): string => (typeof text === 'string' ? `"${text.replaceAll('"', '""')}"` : '');

/** Edits a CSV as a person would: columns by the header, what the record has besides left as it was. */
export function editCsv(bytes: Uint8Array, edits: readonly HandEdit[]): Buffer {
  const text = Buffer.from(bytes).toString('utf8');
  let header = text.startsWith('\ufeff') ? 1 : 0;
  while (endOfLine(text, header) === header) header = afterLineEnd(text, header);
  const names = readRecord(text, header).fields.map((name) => name.trim());
  return Buffer.from(
    edited(text, edits, true, ({ content, wasMalformed }, from) => {
      const record = readRecord(text, from);
      const end = wasMalformed ? endOfLine(text, from) : record.end;
      if (content === null || typeof content === 'string') return { end, by: content ?? '' };
      return { end, by: names.map((name, i) => quoted(name in content ? content[name] : record.fields[i])).join(',') };
    }),
  );
}

/** Edits an NDJSON feed, or an array with one element a line, by the JSON given. */
export function editFeed(bytes: Uint8Array, edits: readonly HandEdit[]): Buffer {
  const text = Buffer.from(bytes).toString('utf8');
  return Buffer.from(
    edited(text, edits, false, ({ content }, from) => {
      const lf = text.indexOf('\n', from);
      const end = lf < 0 ? text.length : lf;
      const comma =
        text[end - 1] === ',' &&
        text
          .trimStart()
          .replace(/^\ufeff/, '')
          .startsWith('[')
          ? ','
          : '';
      return { end, by: (content === null ? '' : typeof content === 'string' ? content : JSON.stringify(content)) + comma };
    }),
  );
}
