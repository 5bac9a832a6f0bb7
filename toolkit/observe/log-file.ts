import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { createStream } from 'rotating-file-stream';
import { fileFault } from '../state/fault.ts';

/** One rotated file that lines are added to. */
export interface LogFile {
  write(line: string): void;
  /** Resolves when everything is in the file. Never fails: a log that cannot be written does not break a run. */
  close(): Promise<void>;
}

export interface LogFileOptions {
  readonly folder: string;
  /** The file's name without `.log`. */
  readonly name: string;
  /** The size at which it is rotated. */
  readonly maxFileBytes: number;
  /** Told once when the file can no longer be written; lines are dropped from then on. */
  readonly onFault: (fault: unknown) => void;
}

/** So many failures in a row are no passing trouble. */
const MOST_FAILURES = 3;
let opened = 0;

/**
 * Opens a log file (0600) that is rotated by size and every day (UTC) to `NAME.<time>-<process>-<n>.log`.
 * Several processes may write to one: whose file was renamed by another writes on into the rotated one.
 *
 * @throws DaybookError `state.not-permitted`, `state.cannot-create`, `state.disk-full`
 */
export function openLogFile(options: LogFileOptions): LogFile {
  const path = join(options.folder, `${options.name}.log`);
  mustBeWritable(path);
  const waiting: string[] = [];
  let pumping: Promise<void> | null = null;
  let stream = rotatingStream(options);
  let failures = 0;
  const pump = async () => {
    for (let line = waiting[0]; line !== undefined && failures <= MOST_FAILURES; line = waiting[0]) {
      const { fault, isWritten } = await stream.write(line);
      if (isWritten) waiting.shift();
      failures = fault === null ? 0 : failures + 1;
      if (failures > MOST_FAILURES) options.onFault(fileFault(fault, 'write the log', path));
      else if (fault !== null) stream = rotatingStream(options);
    }
    pumping = null;
  };
  return {
    write: (line) => {
      if (failures > MOST_FAILURES) return;
      waiting.push(`${line}\n`);
      pumping ??= pump();
    },
    close: async () => {
      while (pumping) await pumping;
      await stream.end();
    },
  };
}

/** A stream that tells of each line whether it is in the file: rotating-file-stream destroys itself when another process moves the file under it. */
function rotatingStream({ folder, name, maxFileBytes }: LogFileOptions) {
  const own = `${process.pid}-${(opened += 1)}`;
  // The time given is the day's beginning; the moment of rotation tells more, and parts the files of one day.
  const stream = createStream((time, index) => (time ? `${name}.${stampOf(new Date())}-${own}-${index ?? 1}.log` : `${name}.log`), {
    path: folder,
    size: `${Math.max(1, Math.floor(maxFileBytes))}B`,
    mode: 0o600,
    interval: '1d',
    intervalBoundary: true,
    intervalUTC: true,
    initialRotation: true,
  });
  let isOpen = false;
  stream.on('open', () => (isOpen = true));
  // Each line is told its own fault; this keeps the same one from ending the process.
  stream.on('error', () => undefined);
  return {
    write: (line: string) =>
      new Promise<{ readonly fault: Error | null; readonly isWritten: boolean }>((resolve) => {
        stream.write(line, (error) => {
          const fault = error ? (stream.errored ?? error) : null;
          // The line is written before the file is rotated; only rotation can miss a file.
          const isWritten = fault === null || (isOpen && (fault as NodeJS.ErrnoException).code === 'ENOENT');
          resolve({ fault, isWritten });
        });
      }),
    end: async () => {
      if (stream.destroyed) return;
      stream.end();
      await once(stream, 'close').catch(() => undefined);
    },
  };
}

/** Tells at once, and in words, what the stream would only say later; and makes the file for its owner alone. */
function mustBeWritable(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch (fault) {
    throw fileFault(fault, 'write the log', path);
  }
}

const stampOf = (time: Date): string => time.toISOString().replace(/[-:]|\.\d+/g, '');
