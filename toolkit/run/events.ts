import type { Place } from '../errors/index.ts';
import type { GateResult, LoadCounts, Notice, ReplayOf, RunDocument, SourceRows, StepFigures } from './document.ts';

/**
 * What happens during a run, as it happens. The runner emits these and knows nobody who listens:
 * logs, audit, performance and progress subscribe. No event holds a value of a row.
 */
export type RunEvent =
  | {
      readonly type: 'run-started';
      readonly runId: string;
      readonly pipeline: string;
      readonly environment: string;
      readonly at: Date;
      readonly mode: RunMode;
    }
  /** After its start: the run does another one again with corrected records. */
  | { readonly type: 'run-replays'; readonly replay: ReplayOf }
  /** Once all files are found: the steps that are to come, in their order. */
  | { readonly type: 'run-planned'; readonly steps: readonly PlannedStep[] }
  /** `rows` is how many go in; null where that is not known beforehand. */
  | { readonly type: 'step-started'; readonly step: string; readonly rows: number | null }
  /** Now and then while a step works; `total` is null where it is not known. */
  | {
      readonly type: 'step-progress';
      readonly step: string;
      readonly done: number;
      readonly total: number | null;
      readonly unit: 'rows' | 'bytes' | 'percent';
    }
  | { readonly type: 'step-finished'; readonly figures: StepFigures }
  | { readonly type: 'source-read'; readonly source: string; readonly files: readonly string[]; readonly records: number; readonly malformed: number }
  /** What was asked of a service, in keys, and how it answered; `failures` counts requests by what was wrong with them. */
  | {
      readonly type: 'service-asked';
      readonly source: string;
      /** Scheme and host. */
      readonly service: string;
      readonly asked: number;
      readonly answered: number;
      readonly requests: number;
      readonly failures: Readonly<Record<string, number>>;
    }
  /** Columns of a file that the contract does not name; they are ignored. */
  | { readonly type: 'schema-drift'; readonly source: string; readonly file: string; readonly columns: readonly string[] }
  | { readonly type: 'source-checked'; readonly source: string; readonly rows: SourceRows; readonly rules: Readonly<Record<string, number>> }
  | ({ readonly type: 'notice' } & Notice)
  | { readonly type: 'gate-judged'; readonly gate: GateResult }
  | { readonly type: 'table-published'; readonly table: string; readonly counts: LoadCounts }
  | { readonly type: 'run-failed'; readonly code: string; readonly message: string; readonly place: Place; readonly stack: string | null }
  | { readonly type: 'run-finished'; readonly document: RunDocument };

/** A step that is to come. `bytes` is what its work grows with: of its own source's files, or of all. */
export interface PlannedStep {
  readonly name: string;
  readonly kind: 'read' | 'check' | 'rejects' | 'step' | 'publish';
  readonly bytes: number;
}

/** publish: the whole run · dry-run: all but the commit · validate: up to the gates. */
export type RunMode = 'publish' | 'dry-run' | 'validate';

export type EventSink = (event: RunEvent) => void;

/** One sink that passes every event to each of several. */
export const fanOut =
  (...sinks: readonly EventSink[]): EventSink =>
  (event) => {
    for (const sink of sinks) sink(event);
  };
