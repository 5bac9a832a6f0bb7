import type { Config, Project } from '../config/index.ts';
import type { PipelineDefinition } from '../pipeline/index.ts';
import type { State } from '../state/index.ts';
import type { EventSink, RunMode } from './events.ts';
import type { Replay } from './replay/correction.ts';

/** A pipeline as found in a project and loaded. */
export interface LoadedPipeline {
  readonly definition: PipelineDefinition;
  /** The folder that holds pipeline.ts, config.yaml and environments/. */
  readonly folder: string;
  /** The synthetic source generator the pipeline exports, or null. */
  readonly generate: Generate | null;
}

/** Synthetic sources, chunk by chunk; pure in its options. */
export type Generate = (options: { readonly rows: number; readonly seed: number; readonly orders?: 'ndjson' | 'array' }) => Iterable<{
  readonly file: string;
  readonly text: string;
}>;

/** One run, asked for. */
export interface RunRequest {
  readonly project: Project;
  readonly pipeline: LoadedPipeline;
  readonly config: Config;
  readonly environment: string;
  /** YYYY-MM-DD. */
  readonly asOf: string;
  readonly mode: RunMode;
  /** A trial on the first records of every source that is no lookup: nothing is published, no gate is judged. */
  readonly limit?: number;
  /** Corrected records that take the place of refused ones. */
  readonly replay?: Replay;
  readonly state: State;
  readonly emit: EventSink;
  readonly signal: AbortSignal;
  /** Version of the code that runs, for the audit. */
  readonly codeVersion: string;
  readonly now: () => Date;
  /** The log that this run is written to, or null. */
  readonly logFile: string | null;
}
