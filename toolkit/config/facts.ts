import type { z } from 'zod';
import type { Severity } from './schema.ts';

/** One rule of a source's contract, as the configuration needs to know it. A fixed one keeps its severity. */
export interface RuleFact {
  readonly code: string;
  readonly severity: Severity;
  readonly fixed: boolean;
}

/** What the configuration needs to know of a pipeline. `folder` is absolute, or from the project's root. */
export interface PipelineFacts<S = unknown> {
  readonly name: string;
  readonly folder: string;
  readonly sources: Readonly<Record<string, readonly RuleFact[]>>;
  readonly settings: z.ZodType<S>;
}
