import type * as z from 'zod';
import type { Expr } from '../frame/index.ts';

/** What a broken rule does to its record: keep it out, keep and count it, or nothing. */
export type Severity = 'reject' | 'warn' | 'off';
/** The class of personal data that a field holds (GDPR Art. 4(1)); none where it is absent. */
export type Personal = 'identifier' | 'name' | 'contact' | 'location';
/** A text column of a frame. */
export type Text = Expr<string | null>;

/** What people and documents need to know of a field. */
export interface Meta {
  readonly title: string;
  readonly description?: string;
  readonly personal?: Personal;
  /** How a value is shown where it must not be read. */
  readonly mask?: 'email' | 'phone' | 'initial' | 'all';
  /** Why it may be processed (GDPR Art. 6). */
  readonly basis?: string;
  readonly retention?: string;
  /** By rule suffix: what is wrong where it broke, in plain words. */
  readonly reasons?: Readonly<Record<string, string>>;
  readonly dimension?: 'completeness' | 'validity' | 'uniqueness' | 'consistency';
}

/**
 * One field: raw text → trim, empty is null → `clean` → named rules on the cleaned text → the value that is kept.
 * `T` is the type of that value, `Flag` the name of a column that says whether it was valid.
 */
export interface Field<out T = unknown, out Flag extends string = string> {
  readonly meta: Meta;
  /** Raw names, the first that is not null counts; empty: the field's own name. */
  readonly from: readonly string[];
  readonly clean: (trimmed: Text) => Text;
  /**
   * The value of a raw text that needs no cleaning and breaks no rule; null for any other, which then goes the whole way. Most
   * records are such, and cost a fraction. It must agree with the whole way on every text. Null where a field has none.
   */
  readonly asWritten: ((raw: Text) => Expr<T | null>) | null;
  /** Whether a null is counted as `missing`. */
  readonly required: boolean;
  /** Suffix of the code → zod schema of the cleaned text, in order; the first that fails is the broken one. */
  readonly rules: Readonly<Record<string, z.ZodType>>;
  /** Severity of `missing` and of each rule where it is not `warn`. */
  readonly severity: Readonly<Record<string, Severity>>;
  /** Whether configuration may change those severities. */
  readonly fixed: readonly string[];
  readonly value: (parts: { readonly cleaned: Text; readonly ok: Expr<boolean>; readonly trimmed: Text }) => Expr<T>;
  readonly flag: Flag | null;
  /** What a raw text that may be this field's value looks like after trim: digits alone, or anything. */
  readonly reads: 'digits' | 'text';
  /** Whether the same texts come again and again: then each distinct text is cleaned and checked once. */
  readonly repeats: boolean;
}

export type Fields = Readonly<Record<string, Field>>;

type Values<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never };
type FlagOf<F> = F extends Field<unknown, infer Flag> ? Flag : never;
/** The row of an accepted frame: the value of every field, and the flags. */
export type RowOf<F extends Fields> = {
  [K in keyof (Values<F> & { [P in FlagOf<F[keyof F]>]: 0 | 1 })]: (Values<F> & { [P in FlagOf<F[keyof F]>]: 0 | 1 })[K];
};
