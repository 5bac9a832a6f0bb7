import { EXACT_LIMIT } from './values.ts';

/** A step of a profile that begins. */
export interface ProfileStep {
  /** What is done, in words. */
  readonly doing: string;
  /** Which step it is, from 1, and how many there are. */
  readonly step: number;
  readonly steps: number;
  /** Records it works on; null before they are counted. */
  readonly rows: number | null;
  /** How much of all the work lies before this step, and how much the step itself is, of 1. */
  readonly before: number;
  readonly share: number;
}

/** What is known of a file before it is read. */
export interface FileToProfile {
  readonly bytes: number;
  readonly columns: number;
}

/** How long steps take beside each other, for each byte of the file: seen with a file of 300 MB on two cores, where reading keeps one of them busy. */
const COST = { read: 12, all: 2, column: 3, keys: 3 } as const;
/** A column of few different texts, and what is added as they become as many as are counted exactly. */
const FEW = 0.3;
const MANY = 9;
/** What a small file costs is not for its bytes. */
const LEAST_BYTES = 1_000_000;

/** Counts the steps of a profile of files, in their order: reading, all columns, each column, keys; for several files their references. */
export class ProfileSteps {
  readonly #costs: number[];
  readonly #onStep: (step: ProfileStep) => void;
  #at = -1;

  constructor(files: readonly FileToProfile[], onStep: (step: ProfileStep) => void = () => {}) {
    this.#onStep = onStep;
    this.#costs = files.flatMap(({ bytes, columns }) =>
      [COST.read, COST.all, ...Array.from({ length: columns }, () => COST.column), COST.keys].map((cost) => cost * Math.max(bytes, LEAST_BYTES)),
    );
    if (files.length > 1) this.#costs.push(COST.keys * LEAST_BYTES);
  }

  /** Begins the next step. */
  begin(doing: string, rows: number | null = null): void {
    this.#at += 1;
    const all = sum(this.#costs);
    const before = sum(this.#costs.slice(0, this.#at)) / all;
    this.#onStep({ doing, step: this.#at + 1, steps: this.#costs.length, rows, before, share: (this.#costs[this.#at] ?? 0) / all });
  }

  /** Weighs the columns that come next by about how many different texts they have. */
  weigh(about: readonly number[]): void {
    const each = (this.#costs[this.#at] ?? 0) / COST.all;
    this.#costs.splice(this.#at + 1, about.length, ...about.map((n) => each * (FEW + MANY * Math.min(1, n / EXACT_LIMIT))));
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
