import type { Form, Line, Sheet } from './sheet.ts';

/** What a kind plants with: chance, and what it may ask of it. */
export interface Tools {
  /** From 0 to 1. */
  readonly random: () => number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
}

/** Where a kind is planted: at records in the middle, at the last ones, or over the whole file. */
export type Stage = 'record' | 'last' | 'file';

/** One way in which files are polluted. */
export interface Kind {
  readonly name: string;
  /** What customer-360.md says of it. */
  readonly says: string;
  readonly form: Form;
  readonly stage: Stage;
  /** How many records it takes the place of. */
  readonly takes: number;
  /** Whether nothing else is planted beside it. */
  readonly isAlone: boolean;
  /** Plants it at the line `at` (for a file as a whole: anywhere). */
  plant(sheet: Sheet, at: number, tools: Tools): Sheet;
}

/** What a kind says of itself beside its name. */
export interface KindOptions {
  readonly takes?: number;
  readonly stage?: Stage;
  readonly isAlone?: boolean;
  /** `limits.record`, where it must be another than usual. */
  readonly recordLimitBytes?: number;
}

/** A kind that puts lines in the place of one record or more, which stand at `at`. */
export function atRecords(
  form: Form,
  name: string,
  says: string,
  work: (lines: readonly Line[], sheet: Sheet, tools: Tools) => readonly Line[],
  { takes = 1, stage = 'record', isAlone = false, recordLimitBytes }: KindOptions = {},
): Kind {
  const plant = (sheet: Sheet, at: number, tools: Tools): Sheet => ({
    ...sheet,
    ...(recordLimitBytes !== undefined && { recordLimitBytes }),
    lines: [...sheet.lines.slice(0, at), ...work(sheet.lines.slice(at, at + takes), sheet, tools), ...sheet.lines.slice(at + takes)],
  });
  return { name, says, form, stage, takes, isAlone, plant };
}

/** A kind that changes a file as a whole. */
export const overFile = (
  form: Form,
  name: string,
  says: string,
  work: (sheet: Sheet, tools: Tools) => Sheet,
  { isAlone = true }: KindOptions = {},
): Kind => ({ name, says, form, stage: 'file', takes: 0, isAlone, plant: (sheet, _, tools) => work(sheet, tools) });
