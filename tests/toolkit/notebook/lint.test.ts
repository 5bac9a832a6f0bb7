import test from 'ava';
import type { Cell, Output } from '../../../toolkit/notebook/format/notebook-file.ts';
import { lintNotebook } from '../../../toolkit/notebook/index.ts';

const code = (source: string, rest: Partial<Cell> = {}): Cell => ({
  cell_type: 'code',
  metadata: {},
  source,
  outputs: [],
  execution_count: null,
  ...rest,
});
const lint = (...cells: Cell[]) => lintNotebook({ cells, nbformat: 4, nbformat_minor: 5 });
const rules = (...cells: Cell[]) => lint(...cells).map(({ rule, cell, line }) => [rule, cell, line]);
const html = (text: string): Output => ({ output_type: 'display_data', data: { 'text/html': text }, metadata: {} });
const printed = (text: string): Output => ({ output_type: 'stream', name: 'stdout', text });

test('cells that ran in order are well', (t) => {
  t.deepEqual(lint(code('1', { execution_count: 1 }), code('2', { execution_count: 2 })), []);
  t.deepEqual(lint(code('1'), code('2')), []);
});

test('cells out of order, run twice or left out are found', (t) => {
  t.deepEqual(rules(code('1', { execution_count: 2 }), code('2', { execution_count: 1 }), code('3', { execution_count: 2 }), code('4')), [
    ['out-of-order', 2, null],
    ['out-of-order', 3, null],
    ['out-of-order', 4, null],
  ]);
});

const holds = test.macro((t, output: Output, kind: RegExp | null) => {
  const [finding] = lint(code('1', { execution_count: 1, outputs: [output] }));
  if (kind === null) return t.is(finding, undefined, finding?.message);
  t.is(finding?.rule, 'personal-data');
  t.regex(finding?.message ?? '', kind);
});
test('an e-mail address in what was printed', holds, printed('to ada@example.org'), /e-mail/);
test('a UK mobile number', holds, printed('07700 900123'), /phone/);
test('a UK number with its country', holds, printed('+44 20 7946 0958'), /phone/);
test('a UK postcode', holds, printed("[ 'SW1A 1AA' ]"), /postcode/);
test('a name by its field', holds, printed("{ first_name: 'Ada', n: 1 }"), /names/);
test('a name by its column', holds, html('<table><tr><th>id</th><th>last_name</th></tr><tr><td>1</td><td>Byron</td></tr></table>'), /names/);
test('a name in rows of JSON', holds, { output_type: 'display_data', data: { 'application/json': [{ first_name: 'Ada' }] }, metadata: {} }, /names/);
test('an address in an error', holds, { output_type: 'error', ename: 'E', evalue: 'no a@b.org', traceback: [] }, /e-mail/);
test('a masked column is well', holds, html('<table><tr><th>last_name</th><th>email</th></tr><tr><td>B•••</td><td>a•••@•••</td></tr></table>'), null);
test('numbers and dates are no phone numbers', holds, printed('1234567890 2026-01-05 0.07700900123 10010 01/02/2026 1,076,543'), null);
test('styles and scripts are nobody’s data', holds, html('<style>a@import-b.org</style><script>"x@y.org"</script><td>1</td>'), null);
test('outward codes are no postcodes', holds, printed('SW1A M1 A4 B12'), null);
test('patterns of a profile are no postcodes', holds, printed('AA99 9AA, A9A 9AA and AA9A9AA'), null);

test('a parameter that nothing uses is found with its line', (t) => {
  const parameters = code(`const used = 1;\nconst unused = 2;`, { metadata: { tags: ['parameters'] } });
  t.deepEqual(rules(parameters, code('console.log({ used })')), [['unused-parameter', 1, 2]]);
});

test('what an earlier function uses and a later cell sets again is a warning', (t) => {
  const first = code('let n = 0; const rate = 1; function inc() { n++; return rate }');
  const findings = lint(first, code('n += 10'), code('const rate = 2'), code('const f = (n: number) => n; let other = 1; other = 2'));
  t.deepEqual(
    findings.map(({ rule, cell, severity }) => [rule, cell, severity]),
    [
      ['reassigned', 2, 'warning'],
      ['reassigned', 3, 'warning'],
    ],
  );
});

test('await with a parenthesis and for await are warnings at the top level alone', (t) => {
  t.deepEqual(rules(code('await (f())\nfor await (const x of y) {}\nconst g = async () => { await (f()) }')), [
    ['await-at-top-level', 1, 1],
    ['await-at-top-level', 1, 2],
  ]);
});

test('what a function has of its own is not what a later cell sets, and a pattern sets what it names', (t) => {
  const first = code(
    'let a = 0, b = 0; const f = (n: number) => { const { m = 1 } = {} as { m?: number }; function inner() { return m } return n + inner() + a + b }',
  );
  t.deepEqual(rules(first, code('const n = 2; const m = 3; const inner = 4')), []);
  t.deepEqual(rules(first, code('let z = 0;\n[a, { b = 1, ...z }] = [1, {}] as never;')), [
    ['reassigned', 2, 2],
    ['reassigned', 2, 2],
  ]);
});
