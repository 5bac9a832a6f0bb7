import type { LooseFrame, Session } from '../frame/index.ts';
import type { Basics } from './basics.ts';
import { columnType, type Typed } from './column-type.ts';
import { DATE_FORMS } from './dates.ts';
import { type ColumnProfile, isPersonal } from './document.ts';
import { type Facts, factsOf } from './facts.ts';
import { commonValues, patternsOf } from './patterns.ts';
import { guessPersonal, wordsOfName } from './personal.ts';
import { valuesOf } from './values.ts';

/** A value is shown where so many records share it, and at least this share of them; in a small file fewer do. */
const LEAST_SHARED = 5;
const LEAST_SHARE = 0.005;
const SMALL_FILE = 100;

/** A column, and a frame that has it. */
export interface ColumnAsked {
  readonly name: string;
  readonly texts: LooseFrame;
  /** Its name in `texts`. */
  readonly column: string;
  readonly basics: Basics;
  readonly rows: number;
  /** Shows values of personal columns too. */
  readonly hasValues: boolean;
}

/** Everything of a column but its range. */
export async function profileColumn(session: Session, { name, texts, column, basics, rows, hasValues }: ColumnAsked): Promise<ColumnProfile> {
  const values = await valuesOf(session, texts, column, basics.about);
  try {
    const facts = await factsOf(session, values);
    const guessed = columnType(facts);
    const personal = guessPersonal(name, guessed.type, facts);
    const isShown = hasValues || !isPersonal({ personal });
    // a few names that come again and again are no code list
    const typed: Typed =
      personal?.class === 'name' && isPersonal({ personal }) && guessed.type === 'code list' ? { type: 'text', words: [] } : guessed;
    const { fits, patterns, morePatterns } = await patternsOf(session, values, typed);
    const least = rows <= SMALL_FILE ? 2 : Math.max(LEAST_SHARED, LEAST_SHARE * rows);
    const common = isShown && typed.type !== 'free text' ? await commonValues(session, values, least, hasValues) : [];
    const isWordShown = (word: string) => common.some(({ value }) => value.toLowerCase() === word);
    return {
      name,
      type: typed.type,
      fits,
      unfit: facts.present - fits,
      nulls: basics.nulls,
      empties: basics.empties,
      padded: basics.padded,
      distinct: values.distinct,
      isDistinctExact: values.isExact,
      lengths: facts.lengths,
      range: null,
      outliers: null,
      dateForms: dateFormsOf(typed, facts),
      patterns,
      morePatterns,
      values: common,
      words: isShown ? typed.words.filter((word) => hasValues || isWordShown(word)) : [],
      isMoney: (facts.passing['money'] ?? 0) >= 0.9 * fits && typed.type === 'decimal',
      personal,
      notes: [...dateNotes(typed, facts), ...numberNotes(typed, facts), ...nameNotes(name, typed)],
    };
  } finally {
    await values.release();
  }
}

const dateFormsOf = ({ type }: Typed, { passing }: Facts): ColumnProfile['dateForms'] => {
  if (type !== 'date' && type !== 'time stamp') return [];
  // a time stamp among dates is none of them
  const stamps = type === 'date' ? 0 : (passing['stamp'] ?? 0);
  const forms = Object.keys(DATE_FORMS).map((form) => ({ form, count: passing[form] ?? 0 }));
  return [...forms, { form: 'YYYY-MM-DD hh:mm', count: stamps }].filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count);
};

/** Day first and month first cannot be told apart while no day is above twelve. */
function dateNotes({ type }: Typed, { passing }: Facts): string[] {
  if (type !== 'date') return [];
  const either = (passing['DD/MM/YYYY'] ?? 0) + (passing['DD-MM-YYYY'] ?? 0);
  if ((passing['MM/DD/YYYY'] ?? 0) > 0) return ['Some dates can only be read month first: ask how the others are meant.'];
  return either > 0 && (passing['dayFirst'] ?? 0) === 0 ? ['Nothing tells day first from month first: no such date has a day above 12.'] : [];
}

const numberNotes = ({ type }: Typed, { passing }: Facts): string[] =>
  type === 'whole number' && (passing['zeroLed'] ?? 0) > 0 ? ['Some begin with a zero: as numbers they lose it.'] : [];

const nameNotes = (name: string, { type }: Typed): string[] =>
  type === 'code list' && wordsOfName(name) === '' ? ['The column has no name that can be read.'] : [];
