/** One record read by the RFC 4180 grammar from a place in a text. */
export interface ReadRecord {
  /** The fields up to the end, the fault or the open quote. */
  readonly fields: readonly string[];
  /** Text after a closing quote, or a quote inside an unquoted field. */
  readonly fault: boolean;
  /** Where a quote opened that nothing closes, else null. */
  readonly openAt: number | null;
  /** The place after the record's last character, its line end not included. */
  readonly end: number;
}

interface ReadField {
  readonly value: string;
  readonly end: number;
  readonly outcome: 'read' | 'fault' | 'open';
}

/** Reads one record that begins at `start`, line ends inside quotes included. */
export function readRecord(text: string, start: number): ReadRecord {
  const fields: string[] = [];
  let at = start;
  for (;;) {
    const field = text[at] === '"' ? quotedField(text, at) : plainField(text, at);
    if (field.outcome === 'open') return { fields, fault: false, openAt: at, end: text.length };
    if (field.outcome === 'fault') return { fields, fault: true, openAt: null, end: field.end };
    fields.push(field.value);
    if (text[field.end] !== ',') return { fields, fault: false, openAt: null, end: field.end };
    at = field.end + 1;
  }
}

function quotedField(text: string, start: number): ReadField {
  let close = text.indexOf('"', start + 1);
  while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close === -1) return { value: '', end: text.length, outcome: 'open' };
  const end = close + 1;
  const value = text.slice(start + 1, close).replaceAll('""', '"');
  return { value, end, outcome: endsField(text[end]) ? 'read' : 'fault' };
}

function plainField(text: string, start: number): ReadField {
  let end = start;
  while (!endsField(text[end])) {
    if (text[end] === '"') return { value: '', end, outcome: 'fault' };
    end += 1;
  }
  return { value: text.slice(start, end), end, outcome: 'read' };
}

function endsField(character: string | undefined): boolean {
  return character === undefined || character === ',' || character === '\n' || character === '\r';
}

/** The place of the first LF or CR at or after `start`, or the end of the text. */
export function endOfLine(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}

/** The place after the line end at `at`: CRLF, LF and CR are one line end each. */
export function afterLineEnd(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : Math.min(at + 1, text.length);
}

/** The physical lines of a stretch of text. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}
