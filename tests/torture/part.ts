import type { ParseArgsConfig } from 'node:util';

/** What a part is run with. */
export interface Asked {
  readonly seed: number;
  /** Runs at once. */
  readonly parallel: number;
  /** Settings for every run, `key=value`. */
  readonly set: readonly string[];
  /** The part's own options. */
  readonly values: Readonly<Record<string, unknown>>;
  /** A line for the person who waits. */
  readonly say: (line: string) => void;
}

/** What a part found: how much was wrong, and the text, in Markdown, that says what was done and seen. */
export interface Found {
  readonly wrong: number;
  readonly text: string;
}

/** One part of the torture. */
export interface Part {
  /** Its options beside those that all parts have. */
  readonly options: NonNullable<ParseArgsConfig['options']>;
  run(asked: Asked): Promise<Found>;
}
