import type { z } from 'zod';
import type { ExitCode } from '../toolkit/errors/exit.ts';
import type { Context } from './context.ts';

type Shape = z.ZodObject;
type Input<A extends Shape, O extends Shape> = z.output<A> & z.output<O>;

/**
 * One command. Its arguments are the keys of a zod object in order (an array takes all that are left), its options those of
 * another: `asOf` is `--as-of`, a boolean is a flag, an array may be repeated. `.meta({ description, value })` words the help.
 */
export interface CommandSpec<A extends Shape, O extends Shape> {
  /** As it is typed: `runs list`. */
  readonly name: string;
  /** One sentence, the same as in the table of commands. */
  readonly summary: string;
  /** What the help says beside it. */
  readonly details?: string;
  readonly arguments: A;
  readonly options: O;
  readonly examples: readonly [Example, ...Example[]];
  /** Returns its exit code; never ends the process, never writes but to its papers. */
  run(input: Input<A, O>, context: Context): Promise<ExitCode>;
}

/** A command line, and what it does. */
export type Example = readonly [line: string, does: string];

/** A command as the framework runs it. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly details: string | null;
  readonly arguments: Shape;
  readonly options: Shape;
  readonly examples: readonly Example[];
  /** With checked input. */
  run(input: Readonly<Record<string, unknown>>, context: Context): Promise<ExitCode>;
}

/** Types a command by its options. */
export function defineCommand<const A extends Shape, const O extends Shape>(spec: CommandSpec<A, O>): Command {
  return { ...spec, details: spec.details ?? null, run: (input, context) => spec.run(input as Input<A, O>, context) };
}
