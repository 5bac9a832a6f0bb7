/** One of the two ways out: stdout holds data, stderr is for people. */
export interface Output {
  write(text: string): void;
  /** Resolves when the reader has taken what was written: a long export waits for it. */
  drained(): Promise<void>;
  readonly isTTY: boolean;
  /** Columns of the terminal; null where it is none. */
  readonly columns: number | null;
  /** Whether the reader is gone, as after `| head`. */
  readonly isClosed: boolean;
  /** The stream behind it, for what draws; null where there is none. */
  readonly stream: NodeJS.WriteStream | null;
}

/** How a program that was started has ended. */
export interface Spawned {
  /** Null where it could not be started or was killed. */
  readonly code: number | null;
  readonly output: string;
}

/** Everything a command touches outside of itself. The real ones are made in main.ts, tests pass their own. */
export interface Effects {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Whether a person can answer: stdin is a terminal. */
  readonly hasInput: boolean;
  readonly now: () => Date;
  /** Milliseconds of a clock that never goes back. */
  readonly elapsedMs: () => number;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  readonly spawn: (command: string, args: readonly string[]) => Promise<Spawned>;
  /** How Daybook was called, for commands that are shown: `daybook`, `npx daybook`, `node dist/cli/main.js`. */
  readonly program: string;
  readonly version: string;
}
