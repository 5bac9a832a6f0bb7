import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CHANNELS, type Channel, fileOf, LEVELS, type Level, type Line, parseLine } from './line.ts';

/** Which lines are wanted; what is not said is not asked for. */
export interface LogQuery {
  /** `state.logs`. */
  readonly folder: string;
  /** A run's id, or the beginning of it. */
  readonly run?: string | undefined;
  /** The least level. */
  readonly level?: Level | undefined;
  readonly channel?: Channel | undefined;
  /** Lines from this time on. */
  readonly since?: Date | undefined;
  /** Lines before this time. */
  readonly until?: Date | undefined;
  /** Stands somewhere in the message or a field; case does not count. */
  readonly text?: string | undefined;
  /** Told of each line that cannot be read; it is passed over. */
  readonly onDamaged?: ((file: string, line: number) => void) | undefined;
}

/**
 * The lines of all logs in the order of their times, rotated files included, read as they are asked for.
 * A damaged line is passed over, and so is a file that is gone by the time it is read; a folder that is not there holds none.
 */
export async function* readLog(query: LogQuery): AsyncGenerator<Line, void, undefined> {
  const waiting = await filesOf(query);
  const open: Cursor[] = [];
  try {
    for (;;) {
      const earliest = open.reduce<Cursor | null>((least, cursor) => (least === null || cursor.line.ts < least.line.ts ? cursor : least), null);
      const next = waiting[0];
      if (next && (earliest === null || next.line.ts <= earliest.line.ts)) {
        const cursor = await openCursor(next.file, query);
        waiting.shift();
        if (cursor) open.push(cursor);
        continue;
      }
      if (earliest === null) return;
      if (fits(earliest.line, query)) yield earliest.line;
      if (!(await advance(earliest))) open.splice(open.indexOf(earliest), 1);
    }
  } finally {
    for (const { lines } of open) await lines.return();
  }
}

/** A file that is being read, at one line of it. */
interface Cursor {
  readonly file: string;
  readonly lines: AsyncGenerator<Line, void, undefined>;
  line: Line;
}

/** The files that may hold wanted lines, by the time of their first line: only those that overlap are open at once. */
async function filesOf(query: LogQuery): Promise<{ readonly file: string; readonly line: Line }[]> {
  const names = await readdir(query.folder).catch(() => []);
  const found: { file: string; line: Line }[] = [];
  for (const name of names.sort()) {
    if (!mayHold(name, query)) continue;
    const cursor = await openCursor(join(query.folder, name), { folder: query.folder });
    if (!cursor) continue;
    await cursor.lines.return();
    found.push({ file: cursor.file, line: cursor.line });
  }
  return found.sort((a, b) => (a.line.ts < b.line.ts ? -1 : a.line.ts > b.line.ts ? 1 : 0));
}

/** By its name alone: of a channel that is wanted, and not rotated before `since`. */
function mayHold(name: string, { channel, since }: LogQuery): boolean {
  const [, log, y, mo, d, h, mi, s] = /^([a-z]+)(?:\.(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z[^/]*)?\.log$/.exec(name) ?? [];
  if (!CHANNELS.some((one) => fileOf[one] === log && (channel === undefined || channel === one))) return false;
  // Another process may write on into a rotated file for as long as its run lasts: a day is left for that.
  const rotated = y === undefined ? Number.POSITIVE_INFINITY : Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`) + 86_400_000;
  return since === undefined || rotated >= since.getTime();
}

async function openCursor(file: string, query: LogQuery): Promise<Cursor | null> {
  const lines = linesOf(file, query);
  const first = await lines.next();
  return first.done ? null : { file, lines, line: first.value };
}

async function advance(cursor: Cursor): Promise<boolean> {
  const next = await cursor.lines.next();
  if (next.done) return false;
  cursor.line = next.value;
  return true;
}

async function* linesOf(file: string, { onDamaged }: LogQuery): AsyncGenerator<Line, void, undefined> {
  const input = createReadStream(file, 'utf8');
  // readline does not pass on its input's errors: a file that is gone just ends.
  input.on('error', () => reader.close());
  const reader = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  try {
    for await (const text of reader) {
      number += 1;
      const line = parseLine(text);
      if (line) yield line;
      else if (text !== '') onDamaged?.(file, number);
    }
  } finally {
    reader.close();
    input.destroy();
  }
}

function fits(line: Line, { run, level, channel, since, until, text }: LogQuery): boolean {
  const at = Date.parse(line.ts);
  return (
    (run === undefined || (line.runId?.startsWith(run) ?? false)) &&
    (level === undefined || LEVELS.indexOf(line.level) >= LEVELS.indexOf(level)) &&
    (channel === undefined || line.channel === channel) &&
    (since === undefined || at >= since.getTime()) &&
    (until === undefined || at < until.getTime()) &&
    (text === undefined || holds(line, text.toLowerCase()))
  );
}

const holds = ({ ts, level, channel, ...words }: Line, text: string): boolean =>
  Object.values(words).some((value) => String(value).toLowerCase().includes(text));
