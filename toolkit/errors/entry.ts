import type { ExitCode } from './exit.ts';

/** Where a fault is: what the second line of an error shows. */
export interface Place {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  /** A configuration key, a flag, a column or a source. */
  readonly key?: string | undefined;
}

/**
 * One kind of failure. `cause` is for the runbook: what usually lies behind it.
 * `what`, `where` and `fix` word one occurrence; none of them may hold a value of a row.
 */
export interface Entry<P> {
  readonly exit: ExitCode;
  readonly cause: string;
  what(params: P): string;
  where?(params: P): Place;
  fix(params: P): string;
}

/** Types one entry of the catalogue by what it needs to be worded. */
export const entry = <P = Record<never, never>>(it: Entry<P>): Entry<P> => it;
