import type { CellOutput } from './cell-output.ts';

/** What a worker is told first. */
export interface WorkerPlace {
  /** The notebook's folder: imports of cells begin there. */
  readonly folder: string;
  /** Serves names that the folder does not know. */
  readonly packageRoot: string;
}

/** A cell to run. */
export interface RunMessage {
  readonly kind: 'run';
  readonly id: number;
  /** `Cell [3]`: its name in stacks. */
  readonly label: string;
  readonly opening: string;
  readonly js: string;
  readonly sourceMap: string;
  readonly unset: readonly string[];
  readonly vars: readonly string[];
  readonly retired: readonly { readonly slot: string; readonly message: string }[];
  /** Places of frames of which the compiler does not know the columns. */
  readonly open: readonly string[];
}

/** What went wrong in a cell, in the words that a notebook keeps. */
export interface CellFault {
  readonly name: string;
  readonly message: string;
  /** `    at price (Cell [1]:2:20)`, the places in cells and above them. */
  readonly stack: readonly string[];
  /** The remedy of an error of the catalogue. */
  readonly fix: string | null;
  /** Line and column in the cell that was run, from 1; null where it is not known. */
  readonly line: number | null;
  readonly column: number | null;
}

/** What a worker says, in the order in which it happened; text of its streams goes beside it. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | Exclude<CellOutput, { kind: 'stream' }>
  | {
      readonly kind: 'done';
      readonly id: number;
      readonly fault: CellFault | null;
      readonly isInterrupted: boolean;
      /** What the frames in the open places have for columns, by place; one that is not set, or none, is not in it. */
      readonly columns: Readonly<Record<string, readonly string[]>>;
    };

/** The worker's file descriptors beside the usual three. */
export const OUT_FD = 3;
export const INTERRUPT_FD = 4;

/** What a frame on the way out holds. */
export const FRAME = { stdout: 1, stderr: 2, message: 3 } as const;
export const FRAME_HEAD_BYTES = 5;
