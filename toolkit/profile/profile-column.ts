import type { LooseFrame, Session } from '../frame/index.ts';
import { columnType, type Typed } from './column-type.ts';
import { DATE_FORMS } from './dates.ts';
import { type ColumnProfile, isPersonal } from './document.ts';
import { type Facts, factsOf, TESTED } from './facts.ts';
import { commonValues, patternsOf } from './patterns.ts';
import { guessPersonal } from './personal.ts';
import { rangeOf } from './ranges.ts';
import { shownRange } from './shown-range.ts';
import { valuesOf } from './values.ts';
import { count } from './words.ts';

/** A value is shown where so many records share it, and at least this share of them; in a small file fewer do. */
const LEAST_SHARED = 5;
const LEAST_SHARE = 0.005;
const SMALL_FILE = 100;

const NOT_EXACT = `More than a million texts differ: the type and the guess at personal data come from the first ${count(TESTED)}; what fits is counted in all.`;

/** A column, and a frame that has it. */
export interface ColumnAsked {
  readonly name: string;
  readonly texts: LooseFrame;
  /** Its name in `texts`. */
  readonly column: string;
  /** About how many different texts it has. */
  readonly about: number;
  readonly rows: number;
  /** Shows values of personal columns too. */
  readonly hasValues: boolean;
}

/** Everything of a column. */
export async function profileColumn(session: Session, { name, texts, column, about, rows, hasValues }: ColumnAsked): Promise<ColumnProfile> {
  const values = await valuesOf(session, texts, column, about);
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
      unfit: rows - values.nulls - values.empties - fits,
      nulls: values.nulls,
      empties: values.empties,
      padded: values.padded,
      distinct: values.distinct,
      isDistinctExact: values.isExact,
      lengths: values.lengths,
      ...shownRange(await rangeOf(session, values, typed.type), { type: typed.type, personal }, hasValues),
      dateForms: values.isExact ? dateFormsOf(typed, facts) : [],
      patterns,
      morePatterns,
      values: common,
      words: isShown ? typed.words.filter((word) => hasValues || isWordShown(word)) : [],
      isMoney: typed.type === 'decimal' && isMoney(facts),
      personal,
      notes: [
        ...(values.isExact ? [] : [NOT_EXACT]),
        ...dateNotes(typed, facts),
        ...zoneNotes(typed, facts),
        ...numberNotes(typed, facts),
        ...jsonNotes(facts),
      ],
    };
  } finally {
    await values.release();
  }
}

/** Whether the numbers are amounts: no more than two places, and pence in some. */
const isMoney = ({ passing: { money = 0, pence = 0, whole = 0, decimal = 0 } }: Facts): boolean => pence > 0 && money >= 0.9 * (whole + decimal);

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

/** Times of several zones do not sort as they are written. */
function zoneNotes({ type }: Typed, { passing: { stamp = 0, zoned = 0, utc = 0 } }: Facts): string[] {
  if (type !== 'time stamp' || zoned === 0) return [];
  if (zoned < stamp) return ['Some have a time zone, others have none. The days of the range are as they are written.'];
  return utc > 0 && utc < zoned ? ['Some are in UTC, others in other zones. The days of the range are as they are written.'] : [];
}

/** Lists and objects inside JSON are texts to a profile. */
const jsonNotes = ({ present, passing: { json = 0 } }: Facts): string[] =>
  present > 0 && json === present ? ['Lists or objects inside JSON, read as their text.'] : [];

const numberNotes = ({ type }: Typed, { passing }: Facts): string[] =>
  type === 'whole number' && (passing['zeroLed'] ?? 0) > 0 ? ['Some begin with a zero: as numbers they lose it.'] : [];
