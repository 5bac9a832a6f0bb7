import { z } from 'zod';

/** A cleaned value, and the one rule of its field that it broke, if any. */
export interface Cleaned<T> {
  readonly value: T;
  readonly fault: 'missing' | 'invalid' | 'unexpected' | 'negative' | null;
}

const EMAIL = z.email();
const INCODE = String.raw`\d[ABD-HJLNP-UW-Z]{2}`;
const OUTCODE = String.raw`[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY])`;
const POSTCODE = new RegExp(`^(?:GIR0AA|${OUTCODE}${INCODE})$`);

/** The trimmed text; null where nothing is left. */
export function trimmed(text: string): string | null {
  return text.trim() || null;
}

/** Trimmed, inner white space to one space. */
export function cleanCompany(text: string): string | null {
  return trimmed(text)?.replace(/\s+/g, ' ') ?? null;
}

/** Each word lower-case with an upper-case first letter; null becomes `Unknown`. */
export function cleanName(text: string): Cleaned<string> {
  const name = cleanCompany(text);
  if (name === null) return { value: 'Unknown', fault: 'missing' };
  const value = name.toLowerCase().replace(/(^|[ \-'’])([^ \-'’])/gu, (_, before, letter) => before + letter.toUpperCase());
  return { value, fault: null };
}

/** Trimmed and lower-case, kept where invalid. */
export function cleanEmail(text: string): Cleaned<string | null> {
  const value = trimmed(text)?.toLowerCase() ?? null;
  if (value === null) return { value, fault: 'missing' };
  return { value, fault: EMAIL.safeParse(value).success ? null : 'invalid' };
}

/** A British number as `0` and ten digits where valid, else as trimmed. */
export function cleanPhone(text: string): Cleaned<string | null> {
  const value = trimmed(text);
  if (value === null) return { value, fault: 'missing' };
  const bare = value.replace(/[\s\-.()]/g, '');
  const local = bare.replace(/^(?:\+44|0044)/, '0');
  const normal = local === bare ? bare : local.replace(/^00/, '0');
  return /^0[0-9]{10}$/.test(normal) ? { value: normal, fault: null } : { value, fault: 'invalid' };
}

/** Upper-case with one space before the last three characters; null where invalid. */
export function cleanPostcode(text: string): Cleaned<string | null> {
  const given = trimmed(text);
  if (given === null) return { value: null, fault: 'missing' };
  const value = given.toUpperCase().replace(/\s/g, '');
  if (!POSTCODE.test(value)) return { value: null, fault: 'invalid' };
  return { value: `${value.slice(0, -3)} ${value.slice(-3)}`, fault: null };
}

/** Trimmed and lower-case, one of `known`; anything else is `otherwise`. */
export function cleanChoice(text: string, known: readonly string[], otherwise: string): Cleaned<string> {
  const value = trimmed(text)?.toLowerCase() ?? null;
  if (value === null) return { value: otherwise, fault: 'missing' };
  return known.includes(value) ? { value, fault: null } : { value: otherwise, fault: 'unexpected' };
}

/** `YYYY-MM-DD` of a real calendar date in one of the four forms; else null. */
export function cleanDate(text: string): Cleaned<string | null> {
  const value = trimmed(text);
  if (value === null) return { value, fault: 'missing' };
  const yearFirst = /^(\d{4})([-/])(\d{2})\2(\d{2})$/.exec(value);
  const dayFirst = /^(\d{2})([-/])(\d{2})\2(\d{4})$/.exec(value);
  const parts = yearFirst ? [yearFirst[1], yearFirst[3], yearFirst[4]] : [dayFirst?.[4], dayFirst?.[3], dayFirst?.[1]];
  const [year, month, day] = parts.map(Number) as [number, number, number];
  return isRealDate(year, month, day) ? { value: parts.join('-'), fault: null } : { value: null, fault: 'invalid' };
}

function isRealDate(year: number, month: number, day: number): boolean {
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1)) return false;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const longest = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= longest;
}

/** Days from one `YYYY-MM-DD` to another; negative where the second comes first. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}
