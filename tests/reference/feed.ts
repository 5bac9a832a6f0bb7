import { textOf } from './bytes.ts';
import type { Place } from './csv.ts';
import { type JsonCell, JsonFault, JsonReader } from './json-reader.ts';
import { ReferenceStop } from './stop.ts';
import type { ReferenceFile } from './types.ts';

/** A record of the orders feed by member name; `members` is null for a malformed one. */
export interface FeedRecord extends Place {
  readonly members: ReadonlyMap<string, JsonCell> | null;
}

/** What was read of one line or element: an object or not, and its members where it is a good record. */
interface ReadEntry {
  readonly isObject: boolean;
  readonly members: ReadonlyMap<string, JsonCell> | null;
}

/**
 * Every record of a JSON array or NDJSON file, malformed ones included.
 *
 * @throws {ReferenceStop} `json` for an array that does not parse, or a feed that is not empty and holds no object.
 */
export function readFeed(file: ReferenceFile, recordLimitBytes: number): FeedRecord[] {
  const text = textOf('orders', file);
  const records: FeedRecord[] = [];
  let objects = 0;
  const add = (line: number, entry: ReadEntry): void => {
    if (entry.isObject) objects += 1;
    records.push({ file: file.name, record: records.length + 1, line, members: entry.members });
  };
  if (text.trimStart().startsWith('[')) readArray(text, file.name, recordLimitBytes, add);
  else readLines(text, recordLimitBytes, add);
  if (records.length > 0 && objects === 0) throw new ReferenceStop('orders', file.name, null, 'json');
  return records;
}

type Add = (line: number, entry: ReadEntry) => void;

function readLines(text: string, limit: number, add: Add): void {
  text.split('\n').forEach((line, index) => {
    if (line.trim() !== '') add(index + 1, readLine(line, limit));
  });
}

function readLine(line: string, limit: number): ReadEntry {
  const reader = new JsonReader(line);
  try {
    const entry = readEntry(reader, limit);
    if (reader.peek() !== undefined) throw new JsonFault(reader.at);
    return Buffer.byteLength(line) > limit ? { ...entry, members: null } : entry;
  } catch (error) {
    if (error instanceof JsonFault) return { isObject: false, members: null };
    throw error;
  }
}

function readArray(text: string, file: string, limit: number, add: Add): void {
  const reader = new JsonReader(text);
  const lines = new LineCounter(text);
  try {
    reader.take('[');
    if (reader.peek() !== ']') {
      for (;;) {
        reader.peek();
        add(lines.lineAt(reader.at), readEntry(reader, limit));
        if (reader.peek() !== ',') break;
        reader.take(',');
      }
    }
    reader.take(']');
    if (reader.peek() !== undefined) throw new JsonFault(reader.at);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    throw new ReferenceStop('orders', file, new LineCounter(text).lineAt(error.at), 'json');
  }
}

function readEntry(reader: JsonReader, limit: number): ReadEntry {
  const isObject = reader.peek() === '{';
  const start = reader.at;
  reader.lone = false;
  const members = isObject ? reader.object() : null;
  if (!isObject) reader.value();
  const long = Buffer.byteLength(reader.text.slice(start, reader.at)) > limit;
  return { isObject, members: reader.lone || long ? null : members };
}

/** Lines end in LF. Places are asked for in rising order. */
class LineCounter {
  readonly text: string;
  private line = 1;
  private from = 0;

  constructor(text: string) {
    this.text = text;
  }

  lineAt(at: number): number {
    let end = this.text.indexOf('\n', this.from);
    while (end !== -1 && end < at) {
      this.line += 1;
      this.from = end + 1;
      end = this.text.indexOf('\n', this.from);
    }
    return this.line;
  }
}
