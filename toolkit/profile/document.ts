import type { Personal } from '../contract/index.ts';
import type { MalformedReason } from '../source/index.ts';

/** What the texts of a column are, whatever the file calls them. */
export type ColumnType =
  /** Nothing but nulls and empties. */
  | 'nothing'
  | 'yes or no'
  | 'whole number'
  | 'decimal'
  | 'date'
  | 'time stamp'
  | 'e-mail'
  | 'UK phone'
  | 'UK postcode'
  /** Few words that come again and again. */
  | 'code list'
  /** Letters and digits without a space, as reference numbers are. */
  | 'code'
  | 'text'
  /** Sentences. */
  | 'free text';

/** How texts look: letters A and a, digits 9; `9+` is a run of two or more whose length varies. */
export interface Pattern {
  readonly pattern: string;
  readonly count: number;
  /** How many of them fit the type of the column. */
  readonly fits: number;
}

/** A guess that a column holds personal data. */
export interface PersonalGuess {
  readonly class: Personal;
  /** From 0 to 1; from 0.5 on no values are shown. */
  readonly confidence: number;
  /** In words, without values. */
  readonly reason: string;
}

/** A value that several records share. */
export interface CommonValue {
  readonly value: string;
  readonly count: number;
}

/** Where the numbers or dates of a column lie. Dates are `YYYY-MM-DD`. Whatever would be personal is null. */
export interface Range<T extends number | string = number | string> {
  readonly least: T;
  readonly lowerQuartile: T;
  readonly median: T;
  readonly upperQuartile: T;
  readonly greatest: T;
  /** Whether the quartiles are exact; the least and the greatest always are. */
  readonly isExact: boolean;
}

/** One column as it was found. fits + unfit + nulls + empties = rows of the file. */
export interface ColumnProfile {
  readonly name: string;
  readonly type: ColumnType;
  /** Records whose text is of the type, and records whose text is not. */
  readonly fits: number;
  readonly unfit: number;
  readonly nulls: number;
  /** Empty, or white space alone. */
  readonly empties: number;
  /** With white space before or behind the text. */
  readonly padded: number;
  /** Different texts, after trim. */
  readonly distinct: number;
  readonly isDistinctExact: boolean;
  /** Characters of the texts; null where there are none. */
  readonly lengths: { readonly least: number; readonly greatest: number; readonly mean: number } | null;
  /** Of whole numbers, decimals, dates and time stamps. */
  readonly range: Range | null;
  /** Beyond Tukey's fences, one and a half times the distance of the quartiles outside of them; null where the quartiles are one. */
  readonly outliers: number | null;
  /** Of dates: how they are written. */
  readonly dateForms: readonly { readonly form: string; readonly count: number }[];
  /** The commonest, then those of texts that do not fit. */
  readonly patterns: readonly Pattern[];
  /** Patterns that are not among them. */
  readonly morePatterns: number;
  /** Values that many records share; none of a column that may be personal. */
  readonly values: readonly CommonValue[];
  /** Of a code list, and of yes or no: its words in lower case. Shown as `values` are. */
  readonly words: readonly string[];
  /** Decimals that have at most two places, two in some, and no sign in nearly all: money may be kept in them. */
  readonly isMoney: boolean;
  readonly personal: PersonalGuess | null;
  /** What a reader should know beside the figures. */
  readonly notes: readonly string[];
}

/** Columns that tell records apart. */
export interface CandidateKey {
  readonly columns: readonly string[];
  /** Records whose key an earlier record has too. */
  readonly duplicates: number;
  /** Records without it. */
  readonly missing: number;
}

/** What was found in one file or frame. */
export interface FileProfile {
  readonly name: string;
  /** Bytes of the files; null of a frame. */
  readonly bytes: number | null;
  /** Well-formed records: what the columns count. */
  readonly rows: number;
  /** Records that could not be read, and the first of them. */
  readonly malformed: { readonly count: number; readonly first: readonly { readonly line: number; readonly reason: MalformedReason }[] };
  readonly columns: readonly ColumnProfile[];
  /** Unique ones first, then nearly unique ones. */
  readonly keys: readonly CandidateKey[];
  /** Columns of one type of which a record has one or the other: one thing under two names. */
  readonly alternatives: readonly (readonly [string, string])[];
  readonly notes: readonly string[];
}

/** A column whose values lie among another file's key. */
export interface Reference {
  readonly from: { readonly file: string; readonly column: string };
  readonly to: { readonly file: string; readonly column: string };
  /** Records that have a value, and those whose value was found. */
  readonly present: number;
  readonly found: number;
}

/** The document of `daybook profile --json`. */
export interface ProfileDocument {
  readonly schema: 'daybook.profile/1';
  readonly files: readonly FileProfile[];
  readonly references: readonly Reference[];
}

/** From here on a column counts as personal. */
export const PERSONAL_FROM = 0.5;
/** Whether a column is taken for personal. */
export const isPersonal = ({ personal }: Pick<ColumnProfile, 'personal'>): boolean => (personal?.confidence ?? 0) >= PERSONAL_FROM;
