import type { CellOutput, CellResult } from '../session/cell-output.ts';
import type { SessionOptions } from '../session/notebook-session.ts';

/** Where the session of a kernel stands; its outputs go by messages. */
export type KernelPlace = Omit<SessionOptions, 'onLateOutput'>;

/** The content of a message of the protocol. */
export type Content = Readonly<Record<string, unknown>>;

/** What is asked about code, without running any. */
export type Question = 'is_complete' | 'complete' | 'inspect';

/** What the thread of the session is told. All but `interrupt` is answered, by its id. Its end is that of the process. */
export type SessionRequest =
  | { readonly kind: 'execute'; readonly id: number; readonly code: string; readonly cell: number }
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question; readonly content: Content }
  | { readonly kind: 'interrupt' };

/** What it says, in the order in which it happened. */
export type SessionReply =
  | { readonly kind: 'output'; readonly id: number; readonly output: CellOutput }
  | { readonly kind: 'late'; readonly output: CellOutput }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: CellResult | Content };
