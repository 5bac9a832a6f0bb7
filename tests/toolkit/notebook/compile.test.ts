import test from 'ava';
import fc from 'fast-check';
import { toCodePoints, toUnits } from '../../../toolkit/notebook/compile/code-points.ts';
import { Cells } from './cells.ts';

const gives = test.macro(async (t, codes: readonly string[], expected: unknown) => {
  t.deepEqual(await new Cells().all(...codes), expected);
});
const refuses = test.macro(async (t, codes: readonly string[], message: RegExp) => {
  await t.throwsAsync(new Cells().all(...codes), { message });
});

test('var counts in the store wherever it stands', gives, ['for (var i = 0; i < 3; i++) {} if (true) { var j = i }', '[i, j]'], [3, 3]);
test('a var without a value keeps what it had', gives, ['var v = 1', 'var v; v'], 1);
test(
  'patterns declare with defaults, rests and computed keys',
  gives,
  [
    'const k = "b"; const [a = 1, , ...more] = [undefined, 2, 3, 4] as (number | undefined)[]; const { [k]: b, ...rest } = { b: 5, c: 6 }',
    '[a, more, b, rest]',
  ],
  [1, [3, 4], 5, { c: 6 }],
);
test(
  'functions are there before their line, and keep their name',
  gives,
  ['early(); function early() { return 1 } const arrow = () => 2; class Box {} [early.name, arrow.name, Box.name]'],
  ['early', 'arrow', 'Box'],
);
test(
  'a class knows itself inside, even after it is declared anew',
  gives,
  [
    'class A { static one = 1; two() { return A.one } } const a = new A();',
    'class A { static one = 9; two() { return A.one } } [a.two(), new A().two()]',
  ],
  [1, 9],
);
test(
  'enums and namespaces live on',
  gives,
  ['enum Level { Low = 1, High = Low + 1 } namespace Space { export const x = Level.High }', '[Level.High, Space.x]'],
  [2, 2],
);
test(
  'a parameter or a local of the same name is not the cell’s',
  gives,
  ['const x = 1; const f = (x: number) => { const y = { x }; for (const x of [5]) y.x += x; return y.x }', '[f(10), x]'],
  [15, 1],
);
test(
  'a property, a label and a member of the same name stay',
  gives,
  ['const name = "n"; const o = { name: 1, other: { name } }', 'name: for (;;) { break name } [o.name, o.other.name]'],
  [1, 'n'],
);
test(
  'type-only words leave no trace',
  gives,
  ['interface P { n: number } type Q = P & { m?: string }; declare const nowhere: Q; const q = { n: 1 } satisfies Q as P', 'const r: P = q; r.n'],
  1,
);
test(
  'a tagged template and a call of an earlier function work',
  gives,
  ['const tag = (parts: TemplateStringsArray, ...values: number[]) => parts.join("|") + values.join(); const one = 1', 'tag`a${one}b`'],
  'a|b1',
);
test('the last expression is the value, a declaration has none', gives, ['1; const a = 2'], undefined);
test('an object in parentheses is a value, a block is none', gives, ['({ a: 1 })'], { a: 1 });
test(
  'a redeclared function is seen by those that call it',
  gives,
  ['function f() { return 1 } const g = () => f()', 'function f() { return 2 } g()'],
  2,
);
test(
  'a class declared again by the same text stays the same to earlier code',
  gives,
  ['class P { #x = 1; get x() { return this.#x } } const make = () => new P()', 'class P { #x = 1; get x() { return this.#x } } make().x'],
  1,
);
test('using ends with its cell', gives, ['let closed = 0; { using it = { [Symbol.dispose]() { closed++ } } } closed'], 1);

test(
  'a value and a type of one name both live on',
  gives,
  [
    'const P = { a: 1 }; type P = typeof P; class K { a = 2 } interface K { b?: number } const five = 5; type five = "five"; let z = 6; type z = "z"',
    'const p: P = P; const k: K = new K(); const f: five = "five"; const g: z = "z"; [p.a, k.a, f, g, five, z]',
  ],
  [1, 2, 'five', 'z', 5, 6],
);
test(
  'a function that is called has no this, in its own cell and in a later one',
  gives,
  [
    'function self(this: unknown) { return this } const tag = self as (parts: TemplateStringsArray) => unknown; const own = self()',
    '[own, self(), self?.(), tag`a`]',
  ],
  [undefined, undefined, undefined, undefined],
);
test(
  'what a cell leaves without a type is filled by later ones',
  gives,
  ['const list = []; let found; list.push(1)', 'const list = []; let found; list.push(1)', 'list.push("b"); found = list.length; [list, found]'],
  [[1, 'b'], 2],
);
test(
  'a class of the same text over another type is another',
  refuses,
  ['const rate = 1; class Q { x = rate } const make = () => new Q().x * 2', 'const rate = "a"', 'class Q { x = rate } make()'],
  /"Q" is of another type/,
);
test(
  'a type may stand beside a variable of an earlier cell',
  gives,
  [
    'const Row = { a: 1 }; let n = 1',
    'type Row = typeof Row; type n = "n"',
    'const row: Row = Row; const m: n = "n"; n += 1; [row.a, m, n]',
    'type Row = { a: 1 }',
    '[Row.a, n]',
  ],
  [1, 2],
);
test(
  'using takes the name of an earlier cell for its own cell alone',
  gives,
  ['const it = 1', 'using it = null; const inside = it', '[it, inside]'],
  [1, null],
);
test('an alias of a member of a namespace is a value', gives, ['namespace Space { export const v = 4 } import v = Space.v; v', 'v'], 4);
test('a global may be declared', gives, ['declare global { var everywhere: number } globalThis.everywhere = 5; everywhere'], 5);
test('a line for the shell is no code', gives, ['#!/usr/bin/env node\n1 + 1'], 2);
test(
  'a let made of an earlier constant widens',
  gives,
  [
    'const start = 0; const word = "a"; const either = Math.random() > 2 ? 1 : 2; const list = [1]',
    'let total = start; total += 5; let text = word; text = "b"; let n = either; n = 7; list.push(2); [total, text, n, list]',
  ],
  [5, 'b', 7, [1, 2]],
);
test('a constant list is not assigned to', refuses, ['const list = [1]', 'list = []'], /Cannot assign to 'list' because it is a constant/);
test(
  'types of earlier cells hold',
  refuses,
  ['const n: number = 1', 'n.toUpperCase()'],
  /1:3 Property 'toUpperCase' does not exist on type 'number'/,
);
test('a constant stays one', refuses, ['const n = 1', 'n = 2'], /Cannot assign to 'n' because it is a constant/);
test('strict types: an implicit any is refused', refuses, ['const f = (x) => x'], /implicitly has an 'any' type/);
test('a variable is narrowed only by its own cell', refuses, ['let n: string | null = "a"', 'n.length'], /'n' is possibly 'null'/);
test(
  'what a name was is said where another type took its place',
  refuses,
  ['const n = 1; const f = () => n + 1', 'const n = "a"', 'f()'],
  /"n" is of another type since cell \[2\].*of cell \[1\]/,
);
test(
  'a let whose type grows is another: earlier code may not set it',
  refuses,
  ['let n = 1; const set = () => { n = 2 }', 'let n: number | string = "a"', 'set()'],
  /another type/,
);
test(
  'a function with another signature is another',
  refuses,
  ['const f = (a: string) => a; const g = () => f("x")', 'const f = (a: string, b: number) => a + b', 'g()'],
  /another type/,
);
test(
  'reading before the declaration has run is refused, also through a function',
  refuses,
  ['const late = 1', 'const read = () => late; read(); const late = 2'],
  /"late" is not set/,
);
test(
  'a missing package says how to get it',
  refuses,
  ['import x from "no-such-package-here"'],
  /There is no package 'no-such-package-here' here\. Install it/,
);
test('syntax is refused at its place', refuses, ['const a = 1;\nconst = 2'], /2:7 /);

const CUT = '\u0000';
test('where a notebook is cut into cells does not matter', async (t) => {
  const name = fc.constantFrom('a', 'b', 'c');
  const step = fc.oneof(
    fc.tuple(name, name, fc.integer({ min: -9, max: 9 })).map(([x, y, n]) => `${x} = ${y} + ${n};`),
    fc.tuple(name, fc.integer({ min: 1, max: 4 })).map(([x, n]) => `for (let i = 0; i < ${n}; i++) ${x} += i;`),
    fc.tuple(name, name).map(([x, y]) => `({ ${x}, v: ${y} = 7 } = { ${x}: ${y}, v: ${x} > 3 ? ${x} : undefined } as { ${x}: number; v?: number });`),
    fc.tuple(name, name).map(([x, y]) => `[${x}, ${y}] = [add(${y}, 1), ${x}];`),
    name.map((x) => `if (${x} > 0) { ${x}--; } else ${x}++;`),
  );
  const start = 'let a = 0; let b = 1; let c = 2; function add(x: number, n: number) { a += n; return x + n }';
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), async (steps, cuts) => {
      const groups = steps
        .map((it, i) => (cuts[i] ? CUT : '\n') + it)
        .join('')
        .split(CUT);
      const together = await new Cells().all([start, ...steps, '[a, b, c]'].join('\n'));
      t.deepEqual(await new Cells().all(start, ...groups, '[a, b, c]'), together);
    }),
    { numRuns: 6 },
  );
});

test('code points and units go both ways', (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(), (text, n) => {
      const at = n % ([...text].length + 1);
      return toCodePoints(text, toUnits(text, at)) === at;
    }),
  );
  t.is(toUnits('😀x', 1), 2);
});

test('a misspelt column is refused with the nearest, and one of the wrong kind by what it holds, in every place that takes one', async (t) => {
  const cells = new Cells();
  cells.compiler.compile('', 1);
  const frame = `import { frameOf, lower, sum } from 'daybook'; const people = frameOf([{ email: 'a', age: 1 }]);`;
  const compiled = cells.compiler.compile(frame, 1);
  if (!compiled.ok) return t.fail(JSON.stringify(compiled.problems));
  compiled.keep();
  for (const [code, message] of [
    [`const by: string = 'age'; people.groupby(by)`, /certain names, and is given any text\. .*There are: age, email\./],
    [`people.select('emial')`, /There is no "emial"\. Did you mean "email"\? There are: email, age\./],
    [`people.filter((c) => c.agee)`, /Did you mean 'age'\?/],
    [
      `people.rollup((c) => ({ all: sum(c.email) }))`,
      /^This takes numbers, and is given texts\. What a file holds is text until a contract or toNumber\(…\) or toMoney\(…\) makes it numbers\.$/,
    ],
    [`people.derive((c) => ({ low: lower(c.age) }))`, /^This takes texts, and is given numbers\.$/],
    [`[1].concat('a')`, /^No overload matches this call\. Argument of type 'string' is not assignable/],
  ] as const) {
    const refused = cells.compiler.compile(code, 2);
    t.regex(refused.ok ? '' : (refused.problems[0]?.message ?? ''), message);
  }
});
