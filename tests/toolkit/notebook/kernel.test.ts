import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fails, serially, value } from './kernel-test.ts';

const PEOPLE = `import { frameOf } from 'daybook'; const people = frameOf([{ email: 'a@example.org', age: 3, vip: true }]);`;

serially('1: of twenty thousand printed lines none is lost', async (t) => {
  const { stdout, messages } = await t.context.kernel.cell('for (let i = 0; i < 20000; i++) console.log(i);');
  t.deepEqual(
    stdout.trimEnd().split('\n').map(Number),
    Array.from({ length: 20_000 }, (_, i) => i),
  );
  t.true(messages < 2000, `${messages} messages`);
});

serially('2: an error has its name, its message, its line and a traceback through earlier cells', async (t) => {
  await t.context.kernel.cell(
    'function total(order: { lines: number[] } | null): number {\n  return (order as { lines: number[] }).lines.length;\n}',
  );
  const { traceback = [] } = await fails(t, 'const first = 1;\ntotal(null);', 'TypeError', /Cannot read properties of null/);
  t.regex(traceback.join('\n'), /at total \(Cell \[\d+\]:2:\d+\)\n {4}at Cell \[\d+\]:2:1/);
  t.regex(traceback.join('\n'), /> 2 \| total\(null\);/);
  t.notRegex(traceback.join('\n'), /node:internal|toolkit\/notebook|node_modules/);
});

serially('2: what a top-level await rejects with is shown at its line', async (t) => {
  const { traceback = [] } = await fails(t, 'const before = 1;\nawait Promise.reject(new RangeError("late"));', 'RangeError', /late/);
  t.regex(traceback.join('\n'), /> 2 \|/);
});

serially('3: a cell sent right after a failing one runs', async (t) => {
  await t.context.kernel.cell('throw new Error("no")');
  await value(t, '40 + 2', '42');
});

serially('4: cells are counted, and a silent one is not', async (t) => {
  const first = await t.context.kernel.cell('1');
  await t.context.kernel.cell('2', { silent: true });
  const second = await t.context.kernel.cell('3');
  t.is(second.input, (first.input ?? 0) + 1);
  t.is(second.reply.execution_count, second.input ?? -1);
  t.is(second.outputs[0]?.['execution_count'], second.input);
});

serially('5: a shorthand property takes a value of an earlier cell', async (t) => {
  await t.context.kernel.cell('const shorthand = 5;');
  await value(t, '({ shorthand })', '{ shorthand: 5 }');
});

serially('6: await with a parenthesis and for await work at the top level', async (t) => {
  await value(t, 'await (Promise.resolve(6))', '6');
  await value(t, 'let sum = 0; for await (const n of [Promise.resolve(1), 2]) sum += n; for await (const n of "12") sum += Number(n); sum', '6');
});

serially('7: a function sees what a later cell assigns', async (t) => {
  await t.context.kernel.cell('let counter = 0; function inc() { counter++; return counter }');
  await value(t, 'counter += 10; inc()', '11');
  await value(t, 'counter', '11');
});

serially('8: a function sees what a later cell declares anew', async (t) => {
  await t.context.kernel.cell('const rate = 0.2; function price(n: number) { return n * rate }');
  await value(t, 'const rate = 0.5; price(100)', '50');
});

serially('8: code that was written for another type is refused, with what to do', async (t) => {
  await t.context.kernel.cell('const size = 2; const twice = () => size * 2;');
  await value(t, 'const size = "large"; size', "'large'");
  await fails(t, 'twice()', 'ReferenceError', /"size" is of another type since cell \[\d+\].*Run the cell again/);
});

serially('8: export and import.meta work in cells', async (t) => {
  await value(t, 'export const shared = 8; export default function eight() { return shared } eight()', '8');
  t.regex((await t.context.kernel.value('import.meta.url')) ?? '', /^'file:.*notebooks\/cell\.ts'$/);
});

serially('8: modules of one’s own are loaded from beside the notebook: TypeScript, JSON and CommonJS', async (t) => {
  await value(
    t,
    `import { version } from '../package.json'; import { EXIT } from '../toolkit/errors/exit.ts'; [version, EXIT.data]`,
    "[ '0.1.0', 65 ]",
  );
});

serially('9: a value may show itself in several forms at once, and tslab’s own display works', async (t) => {
  const { outputs } = await t.context.kernel.cell(
    `import { display } from 'daybook'; import * as tslab from 'tslab';
     const shown = { [Symbol.for('daybook.display')]: async () => ({ 'text/plain': 'p', 'application/vnd.vegalite.v6+json': { mark: 'bar' } }) };
     await display(shown); tslab.display.html('<b>h</b>'); shown`,
  );
  t.deepEqual(
    outputs.map(({ type, data }) => [type, data]),
    [
      ['display_data', { 'text/plain': 'p', 'application/vnd.vegalite.v6+json': { mark: 'bar' } }],
      ['display_data', { 'text/html': '<b>h</b>' }],
      ['execute_result', { 'text/plain': 'p', 'application/vnd.vegalite.v6+json': { mark: 'bar' } }],
    ],
  );
});

serially('10: two hundred cells sent at once all end, in order', async (t) => {
  const cells = await t.context.kernel.cells(Array.from({ length: 200 }, (_, i) => `console.log(${i})`));
  t.deepEqual(
    cells.map(({ stdout }) => stdout),
    Array.from({ length: 200 }, (_, i) => `${i}\n`),
  );
});

serially('11: process.stdout.write calls back', async (t) => {
  await value(t, `await new Promise((done) => process.stdout.write('x', () => done('called')))`, "'called'");
});

serially('12: after a cell that failed half way, types and values agree', async (t) => {
  await t.context.kernel.cell('const amount: number = 100');
  await t.context.kernel.cell(`const amount = 'abc'; throw new Error('half way'); const never = 1;`);
  await fails(t, 'amount * 2', 'CompileError', /arithmetic operation/);
  await value(t, 'amount', "'abc'");
  await fails(t, 'never', 'ReferenceError', /"never" is not set: its declaration in Cell \[\d+\] has not run/);
});

serially('13: a default in a destructuring assignment sets the variable', async (t) => {
  await t.context.kernel.cell('let fallback = 1;');
  await value(t, '({ fallback = 5 } = {} as { fallback?: number }); fallback', '5');
});

serially('14: a renaming pattern after an interface works', async (t) => {
  await t.context.kernel.cell('interface Person { id: number; name: string }');
  await value(t, 'const { id: who, ...others } = { id: 3, name: "n" } as Person; [who, others]', "[ 3, { name: 'n' } ]");
});

const ENDLESS: readonly (readonly [string, string])[] = [
  ['a loop', 'console.log("on"); while (true) {}'],
  ['a loop after an await', 'await null; console.log("on"); while (true) {}'],
  ['a loop in a callback', 'setTimeout(() => { console.log("on"); for (;;); }, 1); await new Promise(() => {});'],
  ['a loop that catches', 'console.log("on"); while (true) { try { while (true) {} } catch {} }'],
  ['a loop that sleeps', 'console.log("on"); for (;;) { await new Promise((done) => setTimeout(done, 5)); kept++; }'],
  ['a promise that never settles', 'console.log("on"); await new Promise(() => {});'],
];
for (const [what, code] of ENDLESS) {
  serially(`15: ${what} is interrupted, and all variables stay`, async (t) => {
    await t.context.kernel.cell('let kept = 15;');
    const { reply } = await t.context.kernel.cell(code, { interrupt_after: 'on' });
    t.is(reply.ename, 'Interrupted');
    t.regex(reply.evalue ?? '', /is kept/);
    // What was interrupted does nothing more, however long the next cell takes.
    const after = await t.context.kernel.cell(
      'const seen = kept; await new Promise((done) => setTimeout(done, 30)); console.log(kept - seen, kept >= 15);',
    );
    t.is(after.stdout, '0 true\n');
  });
}

serially('15: a query of the engine is interrupted, and the next one does not wait for its end', async (t) => {
  await t.context.kernel.cell(`import { frameOf, gt, plus } from 'daybook';
    const numbers = frameOf(Array.from({ length: 9000 }, (_, a) => ({ a })));
    const endless = numbers.cross(numbers.rename({ a: 'b' })).cross(numbers.rename({ a: 'c' })).filter((c) => gt(plus(c.a, c.b), c.c));`);
  const { reply } = await t.context.kernel.cell('console.log("on"); await endless.count();', { interrupt_after: 'on' });
  t.is(reply.ename, 'Interrupted');
  await value(t, 'await numbers.count()', '9000');
});

serially('16: process.exit in a cell is answered and ends nothing', async (t) => {
  await t.context.kernel.cell('const still = 16;');
  await fails(t, 'try { process.exit(3) } catch {}', 'ExitCalled', /process\.exit\(3\)/);
  await value(t, 'still', '16');
});

serially('17: completion counts code points, and shows the columns of a frame', async (t) => {
  await t.context.kernel.cell(PEOPLE);
  const code = '/* 😀 */ people.derive((c) => ({ x: c.';
  const answer = (await t.context.kernel.ask('ask', {
    kind: 'complete_request',
    content: { code: `${code} }))`, cursor_pos: [...code].length },
  })) as { matches: string[] };
  t.deepEqual(answer.matches, ['age', 'email', 'vip']);
  const partial = '/* 😀 */ peop';
  t.like(await t.context.kernel.ask('ask', { kind: 'complete_request', content: { code: partial, cursor_pos: [...partial].length } }), {
    type: 'complete_reply',
    matches: ['people'],
    cursor_start: [...partial].length - 4,
    cursor_end: [...partial].length,
  });
});

serially('17: inspection shows a frame’s columns and their types, comm_info and history are answered as what they are', async (t) => {
  await t.context.kernel.cell(PEOPLE);
  const { data } = (await t.context.kernel.ask('ask', { kind: 'inspect_request', content: { code: 'people', cursor_pos: 3, detail_level: 0 } })) as {
    data: Record<string, string>;
  };
  t.regex(data['text/plain'] ?? '', /const people: Frame<[\s\S]*3 columns:\n {2}email {2}string\n {2}age {4}number\n {2}vip {4}boolean/);
  t.deepEqual(await t.context.kernel.ask('ask', { kind: 'comm_info_request', content: {} }), { type: 'comm_info_reply', status: 'ok', comms: {} });
  t.like(await t.context.kernel.ask('ask', { kind: 'history_request', content: { hist_access_type: 'tail' } }), {
    type: 'history_reply',
    status: 'ok',
  });
  t.like(await t.context.kernel.ask('ask', { kind: 'is_complete_request', content: { code: 'const a = {' } }), {
    type: 'is_complete_reply',
    status: 'incomplete',
  });
});

serially('18: cells queued behind a failure are aborted, and run where stop_on_error is false', async (t) => {
  const codes = ['await new Promise((done) => setTimeout(done, 50)); throw new Error("no")', '"behind"'];
  t.deepEqual(
    (await t.context.kernel.cells(codes)).map(({ reply }) => reply.status),
    ['error', 'aborted'],
  );
  t.deepEqual(
    (await t.context.kernel.cells(codes, { stop_on_error: false })).map(({ reply }) => reply.status),
    ['error', 'ok'],
  );
});

serially('20: cells are strict, split characters are put together, and what children print arrives', async (t) => {
  await fails(t, `const frozen = Object.freeze({ a: 1 }); (frozen as { a: number }).a = 2`, 'TypeError', /read only/);
  const split = `const e = Buffer.from('é'); process.stdout.write(e.subarray(0, 1)); process.stdout.write(e.subarray(1));`;
  t.is((await t.context.kernel.cell(split)).stdout, 'é');
  const { stdout } = await t.context.kernel.cell(
    `import { spawnSync } from 'node:child_process'; spawnSync('echo', ['from a child'], { stdio: 'inherit' });`,
  );
  t.is(stdout, 'from a child\n');
});

serially('a misspelt column is a compile error with a suggestion and its line', async (t) => {
  await t.context.kernel.cell(PEOPLE);
  const { traceback = [] } = await fails(t, `people\n  .select('emial')`, 'CompileError', /line 2:.*"emial".*Did you mean "email"\?/s);
  t.regex(traceback.join('\n'), /> 2 \| {3}\.select\('emial'\)/);
  await fails(t, 'people.derive((c) => ({ x: c.agee }))', 'CompileError', /'agee'.*Did you mean 'age'\?/);
});

serially('of a frame that was read the columns are known to the cells behind it: misspelt ones do not compile, others are completed', async (t) => {
  const { kernel } = t.context;
  await kernel.cell(`import { count, read } from 'daybook';\nconst crm = await read('data/samples/crm.csv');`);
  await fails(t, `crm.select('emial')`, 'CompileError', /"emial".*Did you mean "email"\?/);
  const code = 'crm.derive((c) => ({ x: c.';
  const answer = (await kernel.ask('ask', { kind: 'complete_request', content: { code: `${code} }))`, cursor_pos: code.length } })) as {
    matches: string[];
  };
  t.deepEqual(answer.matches.slice(0, 3), ['company', 'customer_id', 'email']);
  await kernel.cell(`const statuses = () => crm.groupby('status').rollup(() => ({ n: count() }));`);
  // read again, it is the same to the functions that use it
  await kernel.cell(`const crm = await read('data/samples/crm.csv');`);
  await value(t, `(await statuses().collect()).columnNames()`, `[ 'status', 'n' ]`);
  await value(t, `const names: string[] = []; for (const name of crm.columns) names.push(...crm.select(name).columns); names.length`, '10');
});

serially('stdout and stderr keep their order', async (t) => {
  t.deepEqual((await t.context.kernel.cell('console.log(1); console.error(2); console.log(3)')).order, ['stdout', 'stderr', 'stdout']);
});

serially('what a callback prints after its cell has ended arrives', async (t) => {
  const sign = join(mkdtempSync(join(tmpdir(), 'daybook-late-')), 'ended');
  t.teardown(() => rmSync(dirname(sign), { recursive: true }));
  const wait = `const timer = setInterval(() => { if (existsSync(${JSON.stringify(sign)})) { clearInterval(timer); console.log('later'); } }, 5);`;
  t.is((await t.context.kernel.cell(`import { existsSync } from 'node:fs';\n${wait}`)).stdout, '');
  writeFileSync(sign, '');
  t.regex((await t.context.kernel.ask('late', { until: 'later' })) as string, /later/);
});

serially('VS Code asks for the kernel’s language and for an interrupt on the control channel, and waits for reply and idle', async (t) => {
  t.deepEqual(await t.context.kernel.ask('control', { kind: 'kernel_info_request' }), ['busy', 'idle', 'kernel_info_reply', 'ok']);
  t.deepEqual(await t.context.kernel.ask('control', { kind: 'interrupt_request' }), ['busy', 'idle', 'interrupt_reply', 'ok']);
});
