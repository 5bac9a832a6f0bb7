import type { MimeBundle } from '../../display/mime-bundle.ts';

/** What a cell gives while it runs. */
export type CellOutput =
  | { readonly kind: 'stream'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | {
      readonly kind: 'display';
      readonly data: MimeBundle;
      readonly metadata: Readonly<Record<string, unknown>>;
      readonly displayId: string | null;
      readonly isUpdate: boolean;
    }
  | { readonly kind: 'result'; readonly data: MimeBundle };

/** Takes outputs in their order. */
export type OutputSink = (output: CellOutput) => void;

/** The name of the error of a cell that was ended at a limit of memory. */
export const OUT_OF_MEMORY = 'OutOfMemory';

/** Why a cell failed, as a notebook shows it. */
export interface CellError {
  /** `TypeError`, `CompileError`, `Interrupted`, `KernelRestarted`, `OutOfMemory`, … */
  readonly name: string;
  /** In one line or a few: what went wrong. */
  readonly message: string;
  /** Line in the cell, from 1; null where it is not known. */
  readonly line: number | null;
  /** Name and message, the stack, the lines of the cell around the fault, the remedy. */
  readonly traceback: readonly string[];
}

/** How a cell ended. */
export interface CellResult {
  readonly error: CellError | null;
  /** Names whose values were lost because the process had to be started again; empty where all is kept. */
  readonly lost: readonly string[];
  /** Whether a limit of memory ended it. */
  readonly isOutOfMemory: boolean;
}
