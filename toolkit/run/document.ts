/** What a run left, as `run --json` prints it and the ledger keeps it: schema `daybook.run/1`, every key always present. */
export interface RunDocument {
  readonly schema: 'daybook.run/1';
  /** Sortable by start: `20261124T153329Z-9f3c1a`. Null where the run never began (a usage or configuration error). */
  readonly runId: string | null;
  readonly pipeline: string | null;
  readonly environment: string | null;
  readonly status: RunStatus;
  /** UTC, ISO 8601 with `Z`. */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly rows: Readonly<Record<string, SourceRows>>;
  /** By source that was read from files. */
  readonly sources: Readonly<Record<string, FilesRead>>;
  /** By source, by rule code: how many records broke it; 0 included. */
  readonly rules: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly steps: readonly StepFigures[];
  readonly gates: readonly GateResult[];
  /** By published table. */
  readonly load: Readonly<Record<string, LoadCounts>>;
  /** In the order they were told. */
  readonly notices: readonly Notice[];
  readonly artefacts: { readonly rejects: string | null; readonly log: string | null; readonly report: string | null };
  readonly error: RunError | null;
}

/** succeeded · refused (65: a rule, a gate, an input) · failed · cancelled · interrupted (found dead later); running only in the ledger. */
export type RunStatus = 'running' | 'succeeded' | 'refused' | 'failed' | 'cancelled' | 'interrupted';

/** Records of one source. read = accepted + rejected; `warned` counts accepted records with at least one warning. */
export interface SourceRows {
  readonly read: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly warned: number;
}

/** How the files of one source were read: `files` = `plain` + `copied` + `rewritten`. */
export interface FilesRead {
  readonly files: number;
  readonly bytes: number;
  /** CSV that the engine read as it is: the short way. */
  readonly plain: number;
  /** CSV of which the engine read a clean copy: something in it is malformed, or odd though legal. */
  readonly copied: number;
  /** JSON, whose records are always written anew for the engine. */
  readonly rewritten: number;
}

/** One step of a run. CPU and memory are those of the whole process; what is highest was seen at intervals. */
export interface StepFigures {
  readonly name: string;
  readonly rowsIn: number;
  readonly rowsOut: number;
  /** When it began, in milliseconds from the start of the run. */
  readonly startMs: number;
  /** Wall time. */
  readonly ms: number;
  readonly cpuMs: number;
  /** Highest resident memory during it. */
  readonly peakBytes: number;
  /** Most that the engine had on disk in the place of memory during it. */
  readonly spilledBytes: number;
}

export interface GateResult {
  readonly name: string;
  readonly limit: number;
  readonly actual: number;
  readonly passed: boolean;
}

/** What a load did to one published table, in rows. */
export interface LoadCounts {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
}

/** Something a person should know though the run went on. No message holds a value of a row. */
export interface Notice {
  readonly code: string;
  readonly message: string;
}

export interface RunError {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly source: string | null;
  readonly file: string | null;
}

/** A file of a source as a run read it: by this it is told from another. */
export interface ReadFile {
  /** Without its folder. */
  readonly name: string;
  readonly bytes: number;
  /** Eight hexadecimal digits; null where it was not read to its end. */
  readonly crc32: string | null;
}

/** By source, in the order they were read. */
export type ReadFiles = Readonly<Record<string, readonly ReadFile[]>>;

/** What a replay is a replay of. The ledger keeps it beside the document. */
export interface ReplayOf {
  /** The run whose refused records were corrected. */
  readonly runId: string;
  /** Records that other content stands for. */
  readonly corrected: number;
  /** Records that were left out on purpose. */
  readonly removed: number;
  /** How many of both that run had itself, being a replay. */
  readonly carried: number;
}

/** A document with every key present and nothing in it. */
export const emptyDocument: RunDocument = {
  schema: 'daybook.run/1',
  runId: null,
  pipeline: null,
  environment: null,
  status: 'failed',
  startedAt: null,
  finishedAt: null,
  rows: {},
  sources: {},
  rules: {},
  steps: [],
  gates: [],
  load: {},
  notices: [],
  artefacts: { rejects: null, log: null, report: null },
  error: null,
};
