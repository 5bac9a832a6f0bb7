import {
  and,
  bitMask,
  coalesce,
  col,
  type Expr,
  firstOf,
  flag,
  isNotNull,
  isNull,
  type LooseColumns,
  type LooseFrame,
  literal,
  not,
  nullIf,
  or,
  passed,
  plus,
  type Scalar,
  type Session,
  type Truth,
  textTest,
  trim,
  when,
} from '../frame/index.ts';
import { type Contract, rawNames } from './contract.ts';
import type { Field, Text } from './field.ts';
import { lowerSchema, passesInZod } from './lower-schema.ts';
import type { Rule } from './rules.ts';

type Test = (text: Text) => Expr<Truth>;

/** The raw text of a field: its first raw name that is not null. */
export const rawText = (it: Contract, c: LooseColumns, field: string): Text =>
  firstOf(...rawNames(it.fields, field).map((name) => col<string | null>(c, `raw:${name}`)));

/** The columns of an accepted frame: every field, then the flags; of some fields alone where a test is given. */
export function valueColumns(it: Contract, test: (field: Field, name: string) => boolean = () => true): string[] {
  const fields = Object.entries(it.fields).filter(([name, field]) => test(field, name));
  return [...fields.map(([name]) => name), ...fields.flatMap(([, field]) => (field.flag ? [field.flag] : []))];
}

/**
 * Cleans and checks every field of every record in one query. A field whose texts repeat is worked out once a distinct
 * text and joined back: cleaning costs more than a join.
 *
 * - Shape in: `row` and the raw texts as `raw:NAME`.
 * - Shape out: `row`, `bits` (bit i set where the record breaks rule i; set rules come later), every field and flag.
 */
export function checkFields(it: Contract, raw: LooseFrame, rules: readonly Rule[], session: Session): LooseFrame {
  const tests = new Map(rules.flatMap((rule) => (rule.schema ? [[rule, testOf(rule.schema, session)]] : [])) as [Rule, Test][]);
  const judge = (texts: LooseFrame, names: readonly string[], label: string) => judgeFields(it, texts, { names, rules, tests, label });
  const names = Object.keys(it.fields);
  const repeating = names.filter((name) => it.fields[name]?.repeats);
  const texts = raw.derive((c) => Object.fromEntries(names.map((name) => [`text:${name}`, coalesce(rawText(it, c, name), '')])));
  const direct = judge(
    texts,
    names.filter((name) => !repeating.includes(name)),
    'bits:direct',
  ).select('row', 'bits:direct', ...repeating.map((name) => `text:${name}`), ...valueColumns(it, (field) => !field.repeats));
  const joined = repeating.reduce((all, name) => all.join_left(judge(distinctTexts(it, raw, name), [name], `bits:${name}`), `text:${name}`), direct);
  const masks = ['bits:direct', ...repeating.map((name) => `bits:${name}`)];
  return joined.derive((c) => ({ bits: masks.map((mask) => col<number>(c, mask)).reduce(plus) })).select('row', 'bits', ...valueColumns(it));
}

/** Each text of a field once. */
const distinctTexts = (it: Contract, raw: LooseFrame, name: string): LooseFrame =>
  raw
    .derive((c) => ({ [`text:${name}`]: coalesce(rawText(it, c, name), '') }))
    .groupby(`text:${name}`)
    .rollup(() => ({}));

interface Judged {
  readonly names: readonly string[];
  readonly rules: readonly Rule[];
  readonly tests: ReadonlyMap<Rule, Test>;
  /** Name of the column for the bits of their rules. */
  readonly label: string;
}

/** Adds the value and flag of some fields, and the bits of their rules, to a frame of their texts. */
function judgeFields(it: Contract, texts: LooseFrame, { names, rules, tests, label }: Judged): LooseFrame {
  const each = (make: (name: string, field: Field) => [string, Expr<unknown>]) =>
    Object.fromEntries(names.map((name) => make(name, it.fields[name] as Field)));
  const own = rules.filter((rule) => rule.field !== null && names.includes(rule.field) && ['missing', 'schema'].includes(rule.kind));
  return texts
    .derive((c) => each((name, field) => [`written:${name}`, field.asWritten?.(col(c, `text:${name}`)) ?? literal(null)]))
    .derive((c) => each((name) => [`trimmed:${name}`, when(isNull(written(c, name)), nullIf(trim(col<string>(c, `text:${name}`)), '')).orNull()]))
    .derive((c) => each((name, field) => [`cleaned:${name}`, field.clean(col(c, `trimmed:${name}`))]))
    .derive((c) => each((name) => [`ok:${name}`, or(isNotNull(written(c, name)), isOk(c, name, tests))]))
    .derive((c) => ({
      [label]: bitMask(own.map((rule) => [rule.bit as number, and(isNull(written(c, rule.field as string)), isBroken(c, rule, tests))])),
      ...each((name, field) => [name, keptValue(c, name, field)]),
      ...Object.fromEntries(names.flatMap((name) => flagOf(c, name, it.fields[name] as Field))),
    }))
    .select(...texts.columns, label, ...valueColumns(it, (_, name) => names.includes(name)));
}

/** The value of a text that is clean and valid as it stands; null for one that goes the whole way, whose `trimmed` and `cleaned` are null for the others. */
const written = (c: LooseColumns, name: string): Expr<Scalar> => col<Scalar>(c, `written:${name}`);

function keptValue(c: LooseColumns, name: string, field: Field): Expr<unknown> {
  const value = field.value({ cleaned: col(c, `cleaned:${name}`), trimmed: col(c, `trimmed:${name}`), ok: col(c, `ok:${name}`) });
  return field.asWritten ? firstOf(written(c, name), value as Expr<Scalar>) : value;
}

const flagOf = (c: LooseColumns, name: string, field: Field): [string, Expr<unknown>][] =>
  field.flag ? [[field.flag, flag(col(c, `ok:${name}`))]] : [];

/** The engine's test of a schema, or a call of zod, worked out once a distinct text, where the engine has none. */
function testOf(schema: NonNullable<Rule['schema']>, session: Session): Test {
  const lowered = lowerSchema(schema);
  if (lowered) return lowered;
  const test = textTest(session, passesInZod(schema));
  // a text that cleaning took away altogether has not passed
  return (text) => passed(test(text));
}

const testsOf = (tests: ReadonlyMap<Rule, Test>, field: string | null): [Rule, Test][] => [...tests].filter(([rule]) => rule.field === field);

/** Whether a field is there and passes all its schemas; never null. */
const isOk = (c: LooseColumns, field: string, tests: ReadonlyMap<Rule, Test>): Expr<boolean> =>
  passed(and(isNotNull(col<string | null>(c, `trimmed:${field}`)), ...testsOf(tests, field).map(([, test]) => test(col(c, `cleaned:${field}`)))));

/** Whether a rule is the one that the record breaks in its field: `missing`, else the first schema that fails. */
function isBroken(c: LooseColumns, rule: Rule, tests: ReadonlyMap<Rule, Test>): Expr<Truth> {
  const trimmed = col<string | null>(c, `trimmed:${rule.field}`);
  if (rule.kind === 'missing') return isNull(trimmed);
  const all = testsOf(tests, rule.field);
  const text = col<string | null>(c, `cleaned:${rule.field}`);
  const earlier = all
    .slice(
      0,
      all.findIndex(([other]) => other === rule),
    )
    .map(([, test]) => test(text));
  const own = all.length === 1 ? col<Truth>(c, `ok:${rule.field}`) : (tests.get(rule) as Test)(text);
  return and(isNotNull(trimmed), ...earlier, not(own));
}
