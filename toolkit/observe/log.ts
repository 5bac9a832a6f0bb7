import { Logger } from 'tslog';
import { pruneLogs } from '../state/prune-logs.ts';
import { CHANNELS, type Channel, fileOf, LEVELS, type Level, type Line, lineOf } from './line.ts';
import { type LogFile, openLogFile } from './log-file.ts';
import { maskFields } from './mask.ts';
import { prettyLine } from './pretty.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** Where lines go. Each method returns at once; `close` waits until all is written. */
export interface Log {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
  /** Who did what to which data and how it ended; written whatever the level is. */
  audit(message: string, fields?: Fields): void;
  /** Times and resources; written whatever the level is. */
  performance(message: string, fields?: Fields): void;
  /** The same log, with every line marked by the run. */
  forRun(run: { readonly runId: string; readonly pipeline: string }): Log;
  /** The application log's file, absolute. */
  readonly file: string;
  close(): Promise<void>;
}

export interface LogOptions {
  /** `state.logs`; must exist. */
  readonly folder: string;
  /** The least level of the application log. */
  readonly level: Level;
  readonly maxFileBytes: number;
  readonly retentionDays: number | null;
  /** How many rotated files of each log are kept. */
  readonly maxFiles: number | null;
  /** Names that contracts tag as personal: masked wherever they are keys. */
  readonly personalFields?: Iterable<string>;
  /** Whether application lines are shown to a person as well, on `stream`. */
  readonly pretty: boolean;
  /** Default: stderr; stdout is for data. */
  readonly stream?: NodeJS.WritableStream;
  readonly now?: () => Date;
  /** Told once a file when it can no longer be written. Default: one line on `stream`. */
  readonly onFault?: (fault: unknown) => void;
}

type Loggers = Readonly<Record<Channel, Logger<Line>>>;

/**
 * Opens the logs of a state folder and removes rotated files beyond their retention.
 * Every line is masked before anything is written.
 *
 * @throws DaybookError `state.*` where the files cannot be written
 */
export async function openLog(options: LogOptions): Promise<Log> {
  const { folder, now = () => new Date(), stream = process.stderr } = options;
  await pruneLogs(folder, { days: options.retentionDays, count: options.maxFiles }, now());
  const onFault =
    options.onFault ?? ((fault) => void stream.write(`The log cannot be written: ${fault instanceof Error ? fault.message : 'unknown fault'}\n`));
  const files = CHANNELS.map((channel) => openLogFile({ folder, name: fileOf[channel], maxFileBytes: options.maxFileBytes, onFault }));
  const loggers = loggersOf(files, options, stream);
  const mask = maskFields(options.personalFields ?? []);
  const close = async () => void (await Promise.all(files.map((file) => file.close())));
  const emit: Emit = (run, channel, level, message, fields) => {
    const logger = loggers[channel];
    if (!logger.isLevelEnabled(TSLOG[level])) return;
    logger.log(LEVELS.indexOf(level) + 2, level.toUpperCase(), lineOf({ ts: now().toISOString(), level, channel, ...run, message }, fields, mask));
  };
  return logOf({ runId: null, pipeline: null }, emit, `${folder}/daybook.log`, close);
}

type Marks = { readonly runId: string | null; readonly pipeline: string | null };
type Emit = (run: Marks, channel: Channel, level: Level, message: string, fields: Fields) => void;

const TSLOG = { debug: 'DEBUG', info: 'INFO', warn: 'WARN', error: 'ERROR' } as const;

/** A tslog logger a channel: levels and sinks are its work, lines are put together here. */
function loggersOf(files: readonly LogFile[], { level, pretty }: LogOptions, stream: NodeJS.WritableStream): Loggers {
  const entries = CHANNELS.map((channel, at) => {
    const minLevel = channel === 'app' ? TSLOG[level] : 'DEBUG';
    const logger = new Logger<Line>({ type: 'hidden', minLevel, stack: { capture: 'off' } });
    logger.attachTransport({ format: (line) => JSON.stringify(withoutMeta(line)), write: (_, text) => files[at]?.write(text) });
    if (pretty && channel === 'app')
      logger.attachTransport({ format: (line) => prettyLine(withoutMeta(line)), write: (_, text) => void stream.write(`${text}\n`) });
    return [channel, logger] as const;
  });
  return Object.fromEntries(entries) as unknown as Loggers;
}

function withoutMeta(line: object): Line {
  const { _logMeta, ...rest } = line as { _logMeta?: unknown };
  return rest as Line;
}

function logOf(run: Marks, emit: Emit, file: string, close: () => Promise<void>): Log {
  const at =
    (channel: Channel, level: Level) =>
    (message: string, fields: Fields = {}) =>
      emit(run, channel, level, message, fields);
  return {
    debug: at('app', 'debug'),
    info: at('app', 'info'),
    warn: at('app', 'warn'),
    error: at('app', 'error'),
    audit: at('audit', 'info'),
    performance: at('performance', 'info'),
    forRun: ({ runId, pipeline }) => logOf({ runId, pipeline }, emit, file, close),
    file,
    close,
  };
}
