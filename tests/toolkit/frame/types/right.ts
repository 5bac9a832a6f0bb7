/** What must compile: the row type that each verb gives, exactly. Nothing here runs. */
import {
  type Accepted,
  amount,
  asMoney,
  coalesce,
  contract,
  count,
  csv,
  type Decimal,
  date,
  dateColumn,
  daysBetween,
  desc,
  distinct,
  type Expr,
  eq,
  type Frame,
  flag,
  frameOf,
  gte,
  id,
  isNotNull,
  length,
  literal,
  lower,
  max,
  mean,
  meanMoney,
  min,
  moneyColumn,
  nullIf,
  oneOf,
  passed,
  pipeline,
  plus,
  sum,
  text,
  times,
  toMoney,
  trim,
  when,
  word,
} from 'daybook';
import * as z from 'zod';

interface Crm {
  customer_id: number;
  first_name: string | null;
  email: string | null;
  status: 'active' | 'inactive' | null;
  spent: number | null;
  total: Decimal;
  since: Date | null;
}
declare const crm: Frame<Crm>;
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
export const is = <T extends true>(): T | undefined => undefined;

export const derived = crm.select('customer_id', 'email', 'spent', 'total').derive((c) => ({
  email: lower(trim(c.email)),
  size: length(c.email),
  next: plus(c.customer_id, 1),
  some: plus(c.spent, 1),
  twice: plus(c.total, c.total),
  part: times(c.total, 0.5),
  known: isNotNull(c.email),
  sure: passed(eq(c.email, 'x')),
  mark: flag(gte(c.spent, 5)),
  kind: 'crm',
}));
is<
  Equal<
    typeof derived.row,
    {
      customer_id: number;
      spent: number | null;
      total: Decimal;
      email: string | null;
      size: number | null;
      next: number;
      some: number | null;
      twice: Decimal;
      part: number;
      known: boolean;
      sure: boolean;
      mark: 0 | 1;
      kind: 'crm';
    }
  >
>();

export const renamed = crm.select('customer_id', 'email').rename({ email: 'mail' });
is<Equal<typeof renamed.row, { customer_id: number; mail: string | null }>>();

export const cases = crm.derive((c) => ({
  level: when(gte(c.spent, 1000), 'vip').when(gte(c.spent, 100), 'regular').otherwise('none'),
  maybe: when(gte(c.spent, 1), 1).orNull(),
  spent: coalesce(c.spent, 0),
  days: daysBetween(c.since, new Date()),
}));
is<Equal<typeof cases.row.level, 'vip' | 'regular' | 'none'>>();
is<Equal<typeof cases.row.maybe, 1 | null>>();
is<Equal<typeof cases.row.spent, number>>();
is<Equal<typeof cases.row.days, number | null>>();

export const rolled = crm.groupby('status').rollup((c) => ({
  n: count(),
  who: distinct(c.email),
  total: sum(c.total),
  spent: sum(c.spent),
  mean: mean(c.spent),
  first: min(c.since),
  last: max(c.email),
  big: count().where(gte(c.spent, 10)),
}));
is<
  Equal<
    typeof rolled.row,
    {
      status: 'active' | 'inactive' | null;
      n: number;
      who: number;
      total: Decimal | null;
      spent: number | null;
      mean: number | null;
      first: Date | null;
      last: string | null;
      big: number;
    }
  >
>();
export const averaged = rolled.derive((c) => ({ mean: meanMoney(c.total, c.n), total: asMoney(c.total) }));
is<Equal<typeof averaged.row.mean, Decimal | null>>();

const orders = frameOf([{ customer_id: 1, orders: 2 }]);
export const left = renamed.join_left(orders, 'customer_id');
is<Equal<typeof left.row, { customer_id: number; mail: string | null; orders: number | null }>>();
export const inner = renamed.join(orders, 'customer_id');
is<Equal<typeof inner.row, { customer_id: number; mail: string | null; orders: number }>>();
export const right = orders.join_right(renamed, 'customer_id');
is<Equal<typeof right.row, { customer_id: number; orders: number | null; mail: string | null }>>();
export const full = renamed.join_full(orders, 'customer_id');
is<Equal<typeof full.row, { customer_id: number; mail: string | null; orders: number | null }>>();
export const crossed = renamed.cross(frameOf([{ x: true }]));
is<Equal<typeof crossed.row, { customer_id: number; mail: string | null; x: boolean }>>();
is<Equal<ReturnType<typeof renamed.semijoin>['row'], { customer_id: number; mail: string | null }>>();
crm
  .dedupe(['customer_id', 'status'], [desc('since'), 'email'])
  .orderby('email', desc('spent'))
  .slice(0, 5)
  .concat(crm)
  .antijoin(orders, 'customer_id');
crm.filter((c) => oneOf(c.status, ['active', 'inactive']));
crm.filter((c) => gte(c.total, 10));

/** A generic transform, as house-style.md shows one. */
export const normalise = <R extends { email: string | null }>(people: Frame<R>) =>
  people.derive((c) => ({ email: lower(trim(c.email)) })).derive((c) => ({ email_valid: flag(eq(c.email, 'x')) }));
const normalised = normalise(crm);
is<Equal<typeof normalised.row.email_valid, 0 | 1>>();
is<Equal<typeof normalised.row.since, Date | null>>();
/** A wider frame serves where a narrower one is asked for. */
export const narrow = (frame: Frame<{ customer_id: number }>) => frame.select('customer_id');
narrow(crm);
is<Equal<Expr<'a'>['type'], 'a'>>();
literal('a') satisfies Expr<'a'>;

const people = contract(
  'people',
  {
    k: id({ title: 'K' }),
    name: text({ title: 'N', otherwise: { value: 'Unknown' } }),
    mail: text({ title: 'M', rules: { invalid: z.email() }, flag: 'mail_ok' }),
    status: word({ title: 'S', words: ['on', 'off'], otherwise: 'unknown' }),
    since: date({ title: 'D' }),
    spent: amount({ title: 'A' }),
  },
  { key: 'k' },
);
type Plain<T> = { -readonly [K in keyof T]: T[K] };
is<
  Equal<
    Plain<Accepted<typeof people>>,
    { k: number; name: string; mail: string | null; status: 'on' | 'off' | 'unknown'; since: Date | null; spent: Decimal; mail_ok: 0 | 1 }
  >
>();

const row = z.object({ k: z.int(), spent: moneyColumn(), since: dateColumn().nullable() });
export const published = pipeline('p', { sources: { people: csv(people) }, settings: z.strictObject({ least: z.number().default(1) }) })
  .step('big', ({ people }, { settings }) => people.filter((c) => gte(c.spent, settings.least)))
  .step('thin', ({ big }) =>
    big
      .select('k', 'spent', 'since')
      .derive((c) => ({ name: nullIf(lower(literal('x' as string | null)), ''), more: toMoney(literal('1' as string | null)), spent: c.spent })),
  )
  .publish('thin', { from: 'thin', key: 'k', row });
