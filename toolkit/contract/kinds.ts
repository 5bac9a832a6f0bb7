import * as z from 'zod';
import {
  append,
  type Decimal,
  type Expr,
  lower as lowerText,
  matches,
  plainWhole,
  replace,
  replaceMatches,
  startsWith,
  substring,
  toDate,
  toMoney,
  toNumber,
  toWhole,
  when,
} from '../frame/index.ts';
import { digitsUpTo } from './digits.ts';
import type { Field, Meta, Severity, Text } from './field.ts';

type Common = Meta & {
  /** Raw names; the first that is not null counts. */
  readonly from?: readonly string[];
  /** Severities that differ from the kind's own, by suffix. */
  readonly severity?: Readonly<Record<string, Severity>>;
};

const META = ['title', 'description', 'personal', 'mask', 'basis', 'retention', 'reasons', 'dimension'] as const;
const metaOf = (options: Meta): Meta =>
  Object.fromEntries(META.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]]))) as unknown as Meta;

function base<T, Flag extends string = never>(options: Common, own: Partial<Field<T, Flag>> & Pick<Field<T, Flag>, 'value'>): Field<T, Flag> {
  const { from = [], severity = {}, ...rest } = options;
  return {
    meta: metaOf(rest),
    from,
    clean: (trimmed) => trimmed,
    asWritten: null,
    required: true,
    rules: {},
    fixed: [],
    flag: null,
    reads: 'text',
    repeats: false,
    ...own,
    severity: { ...own.severity, ...severity },
  };
}

/** The guard makes the pattern cost only where a zero leads. */
const withoutLeadingZeros = (text: Text): Text => when(startsWith(text, '0'), replaceMatches(text, '^0+([0-9])', '\\1')).otherwise(text);

/**
 * A whole number from 1 to 9007199254740991, digits only, leading zeros allowed. Kept as a number.
 * Rules: `missing`, `invalid`. Both reject where the field is a key or a reference.
 */
export const id = (options: Common): Field<number, never> =>
  base<number>(options, {
    clean: withoutLeadingZeros,
    asWritten: (raw) => plainWhole(raw, 1, Number.MAX_SAFE_INTEGER),
    rules: { invalid: z.string().regex(digitsUpTo(String(Number.MAX_SAFE_INTEGER))) },
    severity: { missing: 'reject', invalid: 'reject' },
    reads: 'digits',
    value: ({ cleaned, ok }) => when(ok, toWhole(cleaned)).orNull() as Expr<number>,
  });

/** What is kept where a rule broke: the cleaned text, the text as trimmed, or a fixed value. */
export type Otherwise = 'cleaned' | 'trimmed' | { readonly value: string | null };
type TextOptions = Common & {
  readonly clean?: (trimmed: Text) => Text;
  /** The stored form of a raw text that is clean and valid as it stands, null for any other: only to cost less (see `Field.asWritten`). */
  readonly asWritten?: (raw: Text) => Text;
  readonly rules?: Readonly<Record<string, z.ZodType>>;
  /** The stored form of a valid cleaned text. */
  readonly keep?: (cleaned: Text) => Text;
  readonly otherwise?: Otherwise;
  /** Adds a column of this name: 1 where the text is there and valid, else 0. */
  readonly flag?: string;
  /** Whether a null is counted as `missing` (default true). */
  readonly required?: boolean;
  /** Whether the same texts come again and again, as names do: then each is cleaned and checked once (default false). */
  readonly repeats?: boolean;
};
type TextValue<O> = O extends { readonly otherwise: { readonly value: string } } ? string : string | null;
type TextFlag<O> = O extends { readonly flag: infer Flag extends string } ? Flag : never;

/** A text. Rules: `missing` and those given. Kept: the cleaned text, or what `otherwise` says where a rule broke. */
export function text<const O extends TextOptions>(options: O): Field<TextValue<O>, TextFlag<O>> {
  const { clean, asWritten, rules, keep, otherwise = 'cleaned', flag, required = true, repeats = false } = options as TextOptions;
  return base<TextValue<O>, TextFlag<O>>(options, {
    ...(clean && { clean }),
    ...(asWritten && { asWritten: asWritten as (raw: Text) => Expr<TextValue<O> | null> }),
    ...(rules && { rules }),
    required,
    repeats,
    flag: (flag ?? null) as TextFlag<O> | null,
    value: ({ cleaned, ok, trimmed }) => {
      if (otherwise === 'cleaned' && !keep) return cleaned as Expr<TextValue<O>>;
      const broken = otherwise === 'cleaned' ? cleaned : otherwise === 'trimmed' ? trimmed : otherwise.value;
      return when(ok, keep ? keep(cleaned) : cleaned).otherwise(broken) as Expr<TextValue<O>>;
    },
  });
}

/**
 * One of a list of words, lower-cased. Rules: `missing`, `unexpected`; what is neither is kept as `otherwise`.
 * @example word({ title: 'Status', words: ['active', 'inactive'], otherwise: 'unknown' })
 */
export const word = <const W extends string, const O extends string>(
  options: Common & { readonly words: readonly W[]; readonly otherwise: O },
): Field<W | O, never> =>
  base<W | O>(options, {
    clean: lowerText,
    repeats: true,
    rules: { unexpected: z.enum(options.words) },
    value: ({ cleaned, ok }) => when(ok, cleaned).otherwise(options.otherwise) as Expr<W | O>,
  });

const YEAR_FIRST = '^[0-9]{4}/[0-9]{2}/[0-9]{2}$';
const DAY_FIRST = '^[0-9]{2}(?:-[0-9]{2}-|/[0-9]{2}/)[0-9]{4}$';
const isoOrder = (t: Text): Text =>
  when(matches(t, YEAR_FIRST), replace(t, '/', '-'))
    .when(matches(t, DAY_FIRST), append(append(append(append(substring(t, 7, 10), '-'), substring(t, 4, 5)), '-'), substring(t, 1, 2)))
    .otherwise(t);

/** A calendar date as `YYYY-MM-DD`, `YYYY/MM/DD`, `DD-MM-YYYY` or `DD/MM/YYYY`, years 0001 to 9999. Kept as a date, null where it is none. Rules: `missing`, `invalid`. */
export const date = (options: Common): Field<Date | null, never> =>
  base<Date | null>(options, {
    clean: isoOrder,
    repeats: true,
    rules: { invalid: z.iso.date().regex(/^(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-/) },
    value: ({ cleaned, ok }) => when(ok, toDate(cleaned)).orNull(),
  });

const PLAIN_AMOUNT = '^[0-9]{1,10}(?:\\.[0-9]{1,2})?$';
const BELOW_ZERO = '^-[0-9]+(?:\\.[0-9]{1,2})?$';
/** Money: a sign or none, digits, at most two decimals, at most 9999999999.99. Exact. Rules: `missing` and `invalid` (fixed), `negative`; all reject. */
export const amount = (options: Common): Field<Decimal, never> =>
  base<Decimal>(options, {
    asWritten: (raw) => when(matches(raw, PLAIN_AMOUNT), toMoney(raw)).orNull(),
    rules: {
      invalid: z.string().regex(/^(?:\+?0*[0-9]{1,10}|-[0-9]+)(?:\.[0-9]{1,2})?$/),
      negative: z.string().regex(/^(?:\+?[0-9]|-0+(?:\.0+)?$)/),
    },
    severity: { missing: 'reject', invalid: 'reject', negative: 'reject' },
    fixed: ['missing', 'invalid'],
    // an amount below zero is kept where "negative" is configured to warn
    value: ({ cleaned, ok }) => when(ok, toMoney(cleaned)).when(matches(cleaned, BELOW_ZERO), toMoney(cleaned)).orNull() as Expr<Decimal>,
  });

/** Degrees: a sign or none, digits, optionally a point and digits, from −limit to limit. Kept as a double, null where empty. Rule: `invalid`, which rejects. */
export const degrees = (options: Common & { readonly limit: 90 | 180 }): Field<number | null, never> => {
  const whole = options.limit === 90 ? '[0-9]|[1-8][0-9]' : '[0-9]{1,2}|1[0-7][0-9]';
  const form = new RegExp(`^[+-]?0*(?:(?:${whole})(?:\\.[0-9]+)?|${options.limit}(?:\\.0+)?)$`);
  return base<number | null>(options, {
    required: false,
    rules: { invalid: z.string().regex(form) },
    severity: { invalid: 'reject' },
    value: ({ cleaned, ok }) => when(ok, toNumber(cleaned)).orNull(),
  });
};
