import { resolve } from 'node:path';
import sqlite3 from 'sqlite3';
import { DaybookError } from '../../errors/index.ts';
import { interruptOn } from '../../frame/interrupt-on.ts';
import { sqliteCode, sqliteFault } from './sqlite-fault.ts';

/** How long SQLite itself waits for a lock before we look whether the run was cancelled. */
const SLICE_MS = 100;

/** How a file is used: `read` never changes it, `change` needs it to be there, `write` may create it. None creates a folder. */
export type Use = 'read' | 'change' | 'write';

export interface ConnectionOptions {
  readonly path: string;
  readonly use: Use;
  /** How long to wait for a lock in all, milliseconds. */
  readonly busyTimeoutMs: number;
  /** Aborting it interrupts what runs, up to COMMIT. */
  readonly signal?: AbortSignal | undefined;
}

/** sqlite3's callbacks as promises, with patience for locks, cancel, and every failure worded as `warehouse.*`. */
export class Connection {
  readonly #database: sqlite3.Database;
  readonly #options: ConnectionOptions;
  #settling = false;
  readonly #letGo: () => void;

  private constructor(database: sqlite3.Database, options: ConnectionOptions) {
    this.#database = database;
    this.#options = options;
    database.configure('busyTimeout', Math.min(SLICE_MS, options.busyTimeoutMs));
    this.#letGo = interruptOn(options.signal, () => {
      if (!this.#settling) database.interrupt();
    });
  }

  /**
   * Opens a file. For `read` too it is opened for writing where rights allow, so that a killed run's journal can be
   * played back and the files beside it go when it is closed; `query_only` then refuses every change.
   *
   * @throws DaybookError `warehouse.*`
   */
  static async open(options: ConnectionOptions): Promise<Connection> {
    const create = options.use === 'write' ? sqlite3.OPEN_CREATE : 0;
    const mode = sqlite3.OPEN_READWRITE | create | sqlite3.OPEN_URI | sqlite3.OPEN_FULLMUTEX;
    // Resolved: with OPEN_URI, which the staging file needs, a name that begins with "file:" would be read as a URI.
    const database = await new Promise<sqlite3.Database>((done, failed) => {
      const opened: sqlite3.Database = new sqlite3.Database(resolve(options.path), mode, (fault) => (fault ? failed(fault) : done(opened)));
    }).catch((fault: unknown) => {
      throw sqliteFault(fault, { path: options.path, doing: 'open the file', waitedMs: 0 });
    });
    const connection = new Connection(database, options);
    try {
      if (options.use === 'read') await connection.exec('PRAGMA query_only = ON', 'open the file');
      await connection.all('SELECT count(*) FROM sqlite_schema', 'open the file');
      return connection;
    } catch (fault) {
      await connection.close();
      throw fault;
    }
  }

  /** Runs one statement for its effect. @throws DaybookError `warehouse.*`, `run.cancelled` */
  exec(sql: string, doing: string): Promise<void> {
    return this.#patiently(doing, () => new Promise((done, failed) => this.#database.exec(sql, (fault) => (fault ? failed(fault) : done()))));
  }

  /** All rows of a result. @throws DaybookError `warehouse.*`, `run.cancelled` */
  all<R extends object>(sql: string, doing: string): Promise<R[]> {
    return this.#patiently(
      doing,
      () => new Promise((done, failed) => this.#database.all<R>(sql, (fault, rows) => (fault ? failed(fault) : done(rows)))),
    );
  }

  /**
   * Does `work` in one transaction that holds the write lock from the beginning. A failure or a cancel before COMMIT
   * rolls everything back.
   *
   * @throws DaybookError `warehouse.*`, `run.cancelled`, and whatever `work` throws
   */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.exec('BEGIN IMMEDIATE', 'begin a transaction');
    try {
      const result = await work();
      this.#demandGoOn();
      this.#settling = true;
      await this.exec('COMMIT', 'commit');
      return result;
    } catch (fault) {
      this.#settling = true;
      // After a full disk or an interrupt SQLite may have rolled back already.
      await this.exec('ROLLBACK', 'roll back').catch(() => {});
      throw fault;
    } finally {
      this.#settling = false;
    }
  }

  /** Closes the file; the last one that does so removes SQLite's files beside it. Never fails. */
  async close(): Promise<void> {
    this.#letGo();
    await new Promise<void>((done) => this.#database.close(() => done()));
  }

  async #patiently<T>(doing: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    for (;;) {
      if (!this.#settling) this.#demandGoOn();
      try {
        return await work();
      } catch (fault) {
        const waitedMs = Math.round(performance.now() - started);
        const locked = sqliteCode(fault) === 'SQLITE_BUSY';
        if (!locked || waitedMs >= this.#options.busyTimeoutMs) throw sqliteFault(fault, { path: this.#options.path, doing, waitedMs });
        // Some locks are refused at once, without SQLite's own wait.
        await new Promise((done) => setTimeout(done, Math.min(SLICE_MS, this.#options.busyTimeoutMs) / 4));
      }
    }
  }

  #demandGoOn(): void {
    if (this.#options.signal?.aborted) throw new DaybookError('run.cancelled', {});
  }
}
