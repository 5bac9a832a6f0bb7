import { setTimeout as pause } from 'node:timers/promises';
import {
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
  type DuckDBValueConverter,
} from '@duckdb/node-api';
import { DaybookError } from '../errors/index.ts';
import { engineError } from './engine-error.ts';
import { interruptOn } from './interrupt-on.ts';
import { registerJavaScript, registerTest } from './javascript.ts';
import { plainValue } from './plain-value.ts';

/** Rows of a chunk of the engine. */
const CHUNK_ROWS = 2048;
const INTERRUPT_AGAIN_MS = 10;

/** How a session may use the machine. */
export interface SessionOptions {
  /** DuckDB's own budget; beyond it the engine spills. Default: DuckDB's (80 % of the memory). */
  readonly memoryLimitBytes?: number;
  /** Where to spill; must exist or be creatable. Default: no spilling. */
  readonly spillFolder?: string;
  readonly threads?: number;
  /** Where DuckDB looks for its optional extensions. */
  readonly extensionFolder?: string;
  /** Aborting it interrupts what runs; what is asked for afterwards fails with `run.cancelled`. */
  readonly signal?: AbortSignal;
}

/** What one column of `append` holds: a DuckDB type and a value a row. */
export interface AppendedColumn {
  readonly name: string;
  readonly type: DuckDBType;
}

/**
 * One embedded DuckDB in memory, with a memory budget, a spill folder, progress and cancel.
 * SQL text comes from frame/ and warehouse/ alone. Every failure leaves as a DaybookError without data in it.
 */
export class Session {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #options: SessionOptions;
  #watch: DuckDBConnection | null = null;
  readonly #prepared = new Map<object, Promise<unknown>>();
  readonly #streams = new Set<DuckDBConnection>();
  #names = 0;
  /** Statements that have begun and not ended. */
  #running = 0;
  /** How often what runs was told to stop. */
  #interrupts = 0;
  readonly #letGo: () => void;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, options: SessionOptions) {
    this.#instance = instance;
    this.#connection = connection;
    this.#options = options;
    this.#letGo = interruptOn(options.signal, () => connection.interrupt());
  }

  /** Opens a session. @throws DaybookError `engine.failed` */
  static async open(options: SessionOptions = {}): Promise<Session> {
    const settings: Record<string, string> = {};
    if (options.memoryLimitBytes) settings['memory_limit'] = `${options.memoryLimitBytes}B`;
    // without a folder of its own DuckDB would spill into `.tmp` where the process was started
    settings['temp_directory'] = options.spillFolder ?? '';
    if (options.threads) settings['threads'] = String(options.threads);
    if (options.extensionFolder) settings['extension_directory'] = options.extensionFolder;
    settings['autoinstall_known_extensions'] = 'false';
    settings['autoload_known_extensions'] = 'false';
    try {
      const instance = await DuckDBInstance.create(':memory:', settings);
      const connection = await instance.connect();
      registerJavaScript(connection);
      return new Session(instance, connection, options);
    } catch (fault) {
      throw engineError(fault, 'open a session', placeOf(options));
    }
  }

  /** Runs a statement for its effect. `doing` words it for an error: "refused to load the staging file". */
  async run(sql: string, doing = 'run a query'): Promise<void> {
    await this.#guard(doing, () => this.#connection.run(sql));
  }

  /** All rows of a small result as plain objects: BIGINT as bigint, DATE as Date, DECIMAL as number. */
  async rows<R extends object>(sql: string, doing = 'read a result'): Promise<R[]> {
    return this.#guard(doing, async () => {
      const reader = await this.#connection.runAndReadAll(sql);
      return reader.convertRowObjects(plainValue as DuckDBValueConverter<DuckDBValue>) as unknown as R[];
    });
  }

  /** The chunks (at most 2,048 rows) of a result as they are made, on a connection of its own: other statements may run meanwhile. */
  async *stream(sql: string, doing = 'stream a result'): AsyncGenerator<DuckDBDataChunk, void, undefined> {
    const connection = await this.#guard(doing, () => this.#instance.connect());
    const letGo = interruptOn(this.#options.signal, () => connection.interrupt());
    this.#streams.add(connection);
    const interrupts = this.#interrupts;
    try {
      const result = await this.#guard(doing, () => connection.stream(sql));
      for (;;) {
        const chunk = await this.#guard(doing, () => result.fetchChunk());
        if (chunk !== null && chunk.rowCount > 0) yield chunk;
        // A stream that is interrupted may end as if it were whole.
        else if (this.#options.signal?.aborted || this.#interrupts !== interrupts) throw new DaybookError('run.cancelled', {});
        else return;
      }
    } finally {
      letGo();
      this.#streams.delete(connection);
      connection.closeSync();
    }
  }

  /**
   * Stops what runs at this moment, with `run.cancelled`, and waits until nothing does; what is asked for afterwards runs. It is said
   * more than once, as DuckDB forgets an interrupt that comes before a statement has begun.
   */
  async interrupt(): Promise<void> {
    while (this.#running > 0) {
      this.#interrupts += 1;
      for (const connection of [this.#connection, ...this.#streams]) connection.interrupt();
      await pause(INTERRUPT_AGAIN_MS);
    }
  }

  /** Adds rows to a table that exists; values in the order of its columns, as node-api's appender takes them. */
  async append(table: string, types: readonly DuckDBType[], rows: Iterable<readonly (DuckDBValue | null)[]>): Promise<void> {
    await this.#guard('append rows', async () => {
      // an appender and a statement at once on one connection end each other
      const connection = await this.#instance.connect();
      try {
        const appender = await connection.createAppender(table);
        for (const chunk of chunksOf(types, rows)) appender.appendDataChunk(chunk);
        appender.closeSync();
      } finally {
        connection.closeSync();
      }
    });
  }

  /** Makes a JavaScript test of a text callable in this session's queries; null stays null. Gives the engine function's name. */
  registerTest(test: (text: string) => boolean): string {
    const name = this.freshName('js_test');
    registerTest(this.#connection, name, test);
    return name;
  }

  /**
   * Does `work` with one thread of the engine. Where a statement hands its rows to a single taker, as a file of another
   * system is, the other threads would only wait, and wait busily.
   */
  async onOneThread<T>(work: () => Promise<T>): Promise<T> {
    await this.run('SET threads = 1', 'set the threads');
    try {
      return await work();
    } finally {
      await this.run(this.#options.threads ? `SET threads = ${this.#options.threads}` : 'RESET threads', 'set the threads').catch(() => {});
    }
  }

  /** A table name that this session has not used yet. */
  freshName(stem: string): string {
    this.#names += 1;
    return `${stem}_${this.#names}`;
  }

  /** Does `make` once for this session and `key`, for instance to load the rows of a frame; what failed is done anew. */
  once<T>(key: object, make: () => Promise<T>): Promise<T> {
    const known = this.#prepared.get(key) as Promise<T> | undefined;
    if (known) return known;
    const made = make();
    this.#prepared.set(key, made);
    made.catch(() => this.#prepared.delete(key));
    return made;
  }

  /** Percent done of the running statement, 0 to 100, or null where DuckDB cannot tell. */
  get progressPercent(): number | null {
    const { percentage } = this.#connection.progress;
    return percentage < 0 ? null : percentage;
  }

  /** Bytes the engine holds in memory and has spilled to disk at this moment; may be asked while a statement runs. */
  async memory(): Promise<{ readonly heldBytes: number; readonly spilledBytes: number }> {
    return this.#guard('look at the memory', async () => {
      this.#watch ??= await this.#instance.connect();
      const reader = await this.#watch.runAndReadAll(
        'SELECT sum(memory_usage_bytes)::DOUBLE, sum(temporary_storage_bytes)::DOUBLE FROM duckdb_memory()',
      );
      const [held, spilled] = reader.getRows()[0] ?? [];
      return { heldBytes: Number(held ?? 0), spilledBytes: Number(spilled ?? 0) };
    });
  }

  close(): void {
    this.#letGo();
    this.#connection.closeSync();
    this.#watch?.closeSync();
    this.#instance.closeSync();
  }

  async #guard<T>(doing: string, work: () => Promise<T>): Promise<T> {
    if (this.#options.signal?.aborted) throw new DaybookError('run.cancelled', {});
    this.#running += 1;
    try {
      return await work();
    } catch (fault) {
      throw engineError(fault, doing, placeOf(this.#options));
    } finally {
      this.#running -= 1;
    }
  }
}

/** Rows as the engine's own chunks: a call a chunk, where a call a value costs a microsecond. */
function* chunksOf(types: readonly DuckDBType[], rows: Iterable<readonly (DuckDBValue | null)[]>): Generator<DuckDBDataChunk> {
  let held: (readonly (DuckDBValue | null)[])[] = [];
  const chunk = () => {
    const made = DuckDBDataChunk.create(types, held.length);
    made.setColumns(types.map((_, i) => held.map((row) => row[i] ?? null)));
    held = [];
    return made;
  };
  for (const row of rows) if (held.push(row) === CHUNK_ROWS) yield chunk();
  if (held.length > 0) yield chunk();
}

const placeOf = ({ memoryLimitBytes, spillFolder }: SessionOptions) => ({
  limit: memoryLimitBytes ? `${memoryLimitBytes} bytes` : 'the machine’s memory',
  folder: spillFolder ?? '',
});
