import type { Session } from '../frame/session.ts';

/** What a published column holds; each warehouse maps it to a type of its own. */
export type ColumnKind = 'text' | 'integer' | 'real' | 'date' | 'money' | 'instant';

export interface PublishedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly nullable: boolean;
}

/**
 * A table as a pipeline publishes it. To its business columns every warehouse adds
 * run_id, processed_at, data_source, row_hash, created_at, updated_at.
 */
export interface PublishedTable {
  readonly name: string;
  readonly key: string;
  readonly columns: readonly PublishedColumn[];
  /**
   * Columns that count whole days from a date column to the run's as-of date. They are no part of row_hash and no
   * update: one statement in the load's transaction sets them for the whole table. The rows to load need
   * not hold them: they are worked out here.
   */
  readonly ages: Readonly<Record<string, string>>;
  /** Columns to find rows by, one index each. They are added to a table that lacks them, and never dropped. */
  readonly indexes?: readonly (readonly string[])[];
}

export type OnMissing = 'keep' | 'flag' | 'delete';

/** One table to load: `relation` names a table of the session that holds the business columns, one row a key. */
export interface TableLoad {
  readonly table: PublishedTable;
  readonly relation: string;
  readonly dataSource: string;
  readonly onMissing: OnMissing;
}

/** What the audit table keeps of a run besides the counts of a table. Times are UTC. */
export interface AuditEntry {
  readonly runId: string;
  readonly startedAt: Date;
  readonly status: 'succeeded' | 'refused' | 'failed' | 'cancelled';
  readonly rows: { readonly read: number; readonly accepted: number; readonly rejected: number };
  /** The error's code, or null. */
  readonly error: string | null;
  readonly codeVersion: string;
}

/** Rows of one table by what a load did, or would do, to them. Customers that are no longer in the input count only where deleted. */
export interface TableCounts {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
}

export interface LoadRequest {
  readonly session: Session;
  readonly tables: readonly TableLoad[];
  /** YYYY-MM-DD. */
  readonly asOf: string;
  readonly audit: AuditEntry;
  /** The run's own folder for staging files; it exists. */
  readonly scratchFolder: string;
  /** Work out what would change, and change nothing. */
  readonly dryRun: boolean;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** Rows staged so far, and how many there are to stage. */
  readonly onProgress?: (rows: number, total: number) => void;
}

/** Where tables are published. Every method fails with a DaybookError of `warehouse.*`, or `run.cancelled`. */
export interface Warehouse {
  /**
   * Finds early what would stop a load: a folder that is missing, a file that is no database, rights, a table that is
   * not compatible. Writes and creates nothing.
   */
  check(tables: readonly PublishedTable[], signal?: AbortSignal): Promise<void>;
  /**
   * Upserts the difference of every table, and the audit rows, in one transaction; gives the counts by table name.
   *
   * @throws DaybookError `run.total-too-large`, before anything is written
   */
  load(request: LoadRequest): Promise<Readonly<Record<string, TableCounts>>>;
  /** Writes the audit rows of a run that published nothing; waits half a second for a lock at the most. */
  recordAudit(tables: readonly string[], entry: AuditEntry, now: Date): Promise<void>;
  close(): Promise<void>;
}
