import {
  and,
  bitMask,
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
  passed,
  type Session,
  textTest,
  trim,
  type Truth,
} from '../frame/index.ts';
import { type Contract, rawNames } from './contract.ts';
import type { Field, Text } from './field.ts';
import { lowerSchema, passesInZod } from './lower-schema.ts';
import type { Rule } from './rules.ts';

type Test = (text: Text) => Expr<Truth>;

/** The raw text of a field: its first raw name that is not null. */
export const rawText = (it: Contract, c: LooseColumns, field: string): Text =>
  firstOf(...rawNames(it.fields, field).map((name) => col<string | null>(c, `raw:${name}`)));

/** The columns of an accepted frame: every field, then the flags. */
export const valueColumns = (it: Contract): string[] => [
  ...Object.keys(it.fields),
  ...Object.values(it.fields).flatMap((field) => (field.flag ? [field.flag] : [])),
];

/**
 * Cleans and checks every field of every record in one query.
 *
 * - Shape in: `row` and the raw texts as `raw:NAME`.
 * - Shape out: `row`, `bits` (bit i set where the record breaks rule i; set rules come later), every field and flag.
 */
export function checkFields(it: Contract, raw: LooseFrame, rules: readonly Rule[], session: Session): LooseFrame {
  const fields = Object.entries(it.fields);
  const tests = new Map(rules.flatMap((rule) => (rule.schema ? [[rule, testOf(rule.schema, session)]] : [])) as [Rule, Test][]);
  const each = (make: (name: string, field: Field) => [string, Expr<unknown>]) => Object.fromEntries(fields.map(([name, field]) => make(name, field)));
  return raw
    .derive((c) => each((name) => [`trimmed:${name}`, nullIf(trim(rawText(it, c, name)), '')]))
    .derive((c) => each((name, field) => [`cleaned:${name}`, field.clean(col(c, `trimmed:${name}`))]))
    .derive((c) => each((name) => [`ok:${name}`, isOk(c, name, tests)]))
    .derive((c) => ({ bits: bitMask(rules.flatMap((rule) => (rule.bit === null ? [] : [isBroken(c, rule, tests)]))), ...values(c, fields) }))
    .select('row', 'bits', ...valueColumns(it));
}

function values(c: LooseColumns, fields: readonly [string, Field][]): Record<string, Expr<unknown>> {
  const kept = fields.map(([name, field]): [string, Expr<unknown>] => [
    name,
    field.value({ cleaned: col(c, `cleaned:${name}`), trimmed: col(c, `trimmed:${name}`), ok: col(c, `ok:${name}`) }),
  ]);
  const flags = fields.flatMap(([name, field]): [string, Expr<unknown>][] => (field.flag ? [[field.flag, flag(col(c, `ok:${name}`))]] : []));
  return Object.fromEntries([...kept, ...flags]);
}

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
  if (rule.kind !== 'schema') return literal(false);
  const all = testsOf(tests, rule.field);
  const text = col<string | null>(c, `cleaned:${rule.field}`);
  const earlier = all.slice(0, all.findIndex(([other]) => other === rule)).map(([, test]) => test(text));
  const own = all.length === 1 ? col<Truth>(c, `ok:${rule.field}`) : (tests.get(rule) as Test)(text);
  return and(isNotNull(trimmed), ...earlier, not(own));
}
