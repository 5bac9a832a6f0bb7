import type { Text } from '../contract/index.ts';
import {
  and,
  append,
  type Expr,
  firstOf,
  gt,
  isNotNull,
  isNull,
  matches,
  neq,
  replaceMatches,
  substring,
  type Truth,
  toDate,
  when,
} from '../frame/index.ts';

const ISO = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$';
const YEAR_FIRST = '^[0-9]{4}/[0-9]{2}/[0-9]{2}$';
const DASHED = '^[0-9]{2}-[0-9]{2}-[0-9]{4}$';
const SLASHED = '^[0-9]{2}/[0-9]{2}/[0-9]{4}$';
const DOTTED = '^[0-9]{2}[.][0-9]{2}[.][0-9]{4}$';
const STAMP = '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?$';

const joined = (...parts: readonly Text[]): Text => parts.reduce((a, b) => append(append(a, '-'), b));
const part = (text: Text, from: number, to: number): Text => substring(text, from, to);
/** A calendar has no year 0, the engine does. */
const day = (iso: Text): Expr<Date | null> => when(neq(part(iso, 1, 4), '0000'), toDate(iso)).orNull();
const dayFirst = (text: Text) => day(joined(part(text, 7, 10), part(text, 4, 5), part(text, 1, 2)));
const monthFirst = (text: Text) => day(joined(part(text, 7, 10), part(text, 1, 2), part(text, 4, 5)));

/** The forms of dates that are known: how a text is tested for one, and read. Day before month where both are possible. */
export const DATE_FORMS: Readonly<Record<string, (text: Text) => Expr<Date | null>>> = {
  'YYYY-MM-DD': (text) => when(matches(text, ISO), day(text)).orNull(),
  'YYYY/MM/DD': (text) => when(matches(text, YEAR_FIRST), day(replaceMatches(text, '/', '-', 'all'))).orNull(),
  'DD-MM-YYYY': (text) => when(matches(text, DASHED), dayFirst(text)).orNull(),
  'DD/MM/YYYY': (text) => when(matches(text, SLASHED), dayFirst(text)).orNull(),
  'MM/DD/YYYY': (text) => when(matches(text, SLASHED), when(isNull(dayFirst(text)), monthFirst(text)).orNull()).orNull(),
  'DD.MM.YYYY': (text) => when(matches(text, DOTTED), dayFirst(text)).orNull(),
};

/** A date of any known form; null for any other text. */
export const dateOf = (text: Text): Expr<Date | null> => firstOf(...Object.values(DATE_FORMS).map((read) => read(text)));
/** The day of a time stamp as ISO 8601 writes it, with or without its T, seconds and zone; null for any other text. */
export const stampOf = (text: Text): Expr<Date | null> => when(matches(text, STAMP), day(part(text, 1, 10))).orNull();
/** Whether a text is a date that can only be read day first: its day is above twelve. */
export const isDayFirst = (text: Text): Expr<Truth> => and(matches(text, '^[0-9]{2}[-/][0-9]{2}[-/][0-9]{4}$'), gt(part(text, 1, 2), '12'));
/** Whether a text is a date. */
export const isDate = (text: Text): Expr<Truth> => isNotNull(dateOf(text));
