import assert from 'node:assert/strict';
import test from 'ava';
import { amount, type Counts, contract, frameOf, id, type Rule, type Severity, text } from 'daybook';
import fc from 'fast-check';
import * as z from 'zod';
import { countsOf } from '../../../toolkit/contract/counts.ts';
import { holds } from '../frame/rows.ts';
import { judge, type Raw } from './texts.ts';

const severity = fc.constantFrom<Severity>('reject', 'warn', 'off');
const ruleOf = (bit: number, how: Severity): Rule => ({
  code: `f${bit}.x`,
  kind: 'schema',
  field: `f${bit}`,
  severity: how,
  fixed: false,
  bit,
  schema: null,
  parent: null,
  reason: '',
});
const masks = fc.tuple(
  fc.array(severity, { minLength: 1, maxLength: 62 }),
  fc.array(fc.tuple(fc.bigInt({ min: 0n, max: (1n << 62n) - 1n }), fc.nat(1000)), { maxLength: 12 }),
  fc.nat(50),
);

test(
  'read = accepted + rejected, whatever the masks; warned is among the accepted',
  holds(
    masks,
    async ([severities, found, malformed]) => {
      const rules = severities.map((how, bit) => ruleOf(bit, how));
      const within = found.map(([bits, n]) => ({ bits: bits & ((1n << BigInt(rules.length)) - 1n), n: BigInt(n) }));
      const { rows, rules: counted } = countsOf(rules, within, malformed);
      assert.equal(rows.read, rows.accepted + rows.rejected);
      assert.equal(rows.read, malformed + within.reduce((sum, { n }) => sum + Number(n), 0));
      assert.ok(rows.warned <= rows.accepted && rows.rejected >= malformed);
      for (const { code, bit, severity: how } of rules) {
        const expected = how === 'off' ? 0 : within.reduce((sum, { bits, n }) => ((bits >> BigInt(bit ?? 0)) & 1n ? sum + Number(n) : sum), 0);
        assert.equal(counted[code], expected);
      }
    },
    1_000,
  ),
);

const tickets = contract(
  'tickets',
  {
    k: id({ title: 'K' }),
    who: id({ title: 'Who' }),
    colour: text({ title: 'Colour', rules: { short: z.string().min(2), unexpected: z.enum(['red', 'blue']) } }),
    site: text({ title: 'Site', required: false, rules: { odd: z.string().refine((it) => it.length % 2 === 0) } }),
    v: amount({ title: 'V' }),
  },
  { key: 'k', references: { who: 'people' } },
);
const cell = (...values: (string | null)[]) => fc.constantFrom<string | null>(...values, null, '', ' ');
const record = fc.record({
  k: cell('1', '2', '03', '3', 'x'),
  who: cell('7', '8', '9', 'y'),
  colour: cell('red', 'blue', 'r', 'green', ' red '),
  site: cell('ab', 'abc'),
  v: cell('1', '-1', 'z', '2.50'),
});
const changeable = ['colour.missing', 'colour.short', 'colour.unexpected', 'site.odd', 'v.negative'] as const;
const severities = fc
  .tuple(...changeable.map(() => fc.option(severity)))
  .map((all) => Object.fromEntries(changeable.flatMap((code, i) => (all[i] ? [[code, all[i] as Severity]] : []))));

const KNOWN = ['7', '8'];
/** One record's broken rules, duplicates apart, said again in JavaScript. */
function codesOf(raw: Raw): string[] {
  const at = (name: string) => raw[name]?.trim() || null;
  const [k, who, colour, site, v] = ['k', 'who', 'colour', 'site', 'v'].map(at);
  const isId = (it: string) => /^0*[1-9]\d*$/.test(it);
  return [
    ...(!k ? ['k.missing'] : isId(k) ? [] : ['k.invalid']),
    ...(!who ? ['who.missing'] : !isId(who) ? ['who.invalid'] : KNOWN.includes(who) ? [] : ['who.orphan']),
    ...(!colour ? ['colour.missing'] : colour.length < 2 ? ['colour.short'] : ['red', 'blue'].includes(colour) ? [] : ['colour.unexpected']),
    ...(site && site.length % 2 === 1 ? ['site.odd'] : []),
    ...(!v ? ['v.missing'] : v === 'z' ? ['v.invalid'] : v === '-1' ? ['v.negative'] : []),
  ];
}

function restate(records: readonly Raw[], given: Readonly<Record<string, Severity>>): Counts['rows'] & { broken: string[][] } {
  const keyOf = (raw: Raw): number | null => (/^\s*0*[1-9]\d*\s*$/.test(raw['k'] ?? '') ? Number(raw['k']) : null);
  const last = new Map(records.flatMap((raw, i) => (keyOf(raw) === null ? [] : [[keyOf(raw), i] as const])));
  const severityOf = (code: string): Severity => given[code] ?? (/^(?:k|who|v)\./.test(code) ? 'reject' : 'warn');
  const broken = records.map((raw, i) =>
    [...codesOf(raw), ...(keyOf(raw) !== null && last.get(keyOf(raw)) !== i ? ['k.duplicate'] : [])]
      .filter((code) => severityOf(code) !== 'off')
      .sort(),
  );
  const rejected = broken.filter((codes) => codes.some((code) => severityOf(code) === 'reject')).length;
  return {
    read: records.length,
    accepted: records.length - rejected,
    rejected,
    warned: broken.filter((codes) => codes.length > 0 && codes.every((code) => severityOf(code) === 'warn')).length,
    broken,
  };
}

test(
  'counts, codes and accepted rows are those of a row-by-row restatement',
  holds(
    fc.tuple(fc.array(record, { maxLength: 30 }), severities),
    async ([records, given]) => {
      const parents = { people: { accepted: frameOf([{ id: 7 }, { id: 8 }]), key: 'id' } };
      const { counts, codes, accepted, broken } = await judge(tickets, records, { severities: given, parents });
      const { broken: expected, ...rows } = restate(records, given);
      assert.deepEqual(
        codes.map((list) => [...list].sort()),
        expected,
      );
      assert.deepEqual(counts.rows, rows);
      assert.equal(accepted.length, rows.accepted);
      for (const [code, n] of Object.entries(counts.rules)) assert.equal(n, expected.flat().filter((it) => it === code).length, code);
      const rejectedRows = new Set(broken.filter(({ severity: how }) => how === 'reject').map(({ row }) => row));
      for (const { row, record: json, column, value } of broken) {
        assert.equal(json !== null, rejectedRows.has(row));
        if (json !== null) assert.deepEqual(JSON.parse(json), { ...records[row - 1] });
        assert.equal(value, records[row - 1]?.[column as 'k']);
      }
    },
    40,
  ),
);
