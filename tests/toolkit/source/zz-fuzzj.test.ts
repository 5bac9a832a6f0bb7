import test from 'ava';
import fc from 'fast-check';
import { readFeed } from '../../reference/feed.ts';
import { decimalOf } from '../../reference/numbers.ts';
import { ReferenceStop } from '../../reference/stop.ts';
import { extractOf, rowsIn, SHAPE } from './room.ts';
const num = fc.constantFrom('1', '-0', '0', '1.50', '1e3', '12.340e-2', '01', '1.', '-', '1E+2', '-0.0', '100e-2', '1e400', '0.0001', '123456789012345678901234567890123456789012345');
const str = fc.constantFrom('"x"', '""', '"a,b"', '"\\n\\"\\\\"', '"\\u00e9"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\ude00x"', '"\\u0000"', '"\\x"', '"a\tb"', '"\u2028é😀"', '"\\ud83d\\ud83d\\ude00"', '"1e3"');
const leaf = fc.oneof(num, str, fc.constantFrom('null', 'true', 'false', 'NaN', 'nul', 'Infinity'));
const { value } = fc.letrec((tie) => ({ value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value') as fc.Arbitrary<string>, { maxLength: 3 }).map((a) => `[${a.join(', ')}]`), fc.array(fc.tuple(fc.constantFrom('"id"', '"a"', '"b"', '"c"', '"\\u0061"', '"\\ud800"'), tie('value') as fc.Arbitrary<string>), { maxLength: 4 }).map((m) => `{${m.map(([k, v]) => `${k}:${v}`).join(',')}}`)) })) as { value: fc.Arbitrary<string> };
const object = fc.array(fc.tuple(fc.constantFrom('"id"', '"a"', '"b"', ' "b" ', '"c"', '"\\u0061"'), value), { maxLength: 5 }).map((m) => `{${m.map(([k, v]) => `${k}:${v}`).join(',')}}`);
const space = fc.constantFrom('', ' ', '\n', '\r\n', '\t', '\u00a0', ',', '\ufeff');
const item = fc.oneof({ arbitrary: object, weight: 4 }, value, space);
const feed = fc.oneof(fc.tuple(space, fc.array(fc.tuple(item, fc.constantFrom('\n', '\r\n', '\n\n', ' \n', '')), { maxLength: 6 })).map(([s, a]) => s + a.map(([x, y]) => x + y).join('')), fc.tuple(space, fc.array(fc.oneof({ arbitrary: object, weight: 4 }, { arbitrary: value, weight: 1 }), { maxLength: 5 }), fc.constantFrom(',', ',\n', ' , '), fc.constantFrom(']', ']\n', ',]', '] x', '')).map(([s, a, c, e]) => `${s}[${a.join(c)}${e}`));
test('any feed', async (t) => {
  let stops = 0, n = 0;
  await fc.assert(fc.asyncProperty(feed, fc.constantFrom(1, 3, 7, 64, 1 << 20), fc.constantFrom(20, 1000), async (text, chunkBytes, limit) => {
    const bytes = new TextEncoder().encode(text);
    let want: any; n++;
    try {
      want = readFeed({ name: 'x', bytes }, limit).map(({ line, members }) => [line, members && SHAPE.columns.map((c) => { const m = members.get(c); return !m || m.kind === 'null' ? null : m.kind === 'other' ? '?' : m.kind === 'number' ? '#' + JSON.stringify(decimalOf(m.text), (_, v) => typeof v === 'bigint' ? String(v) : v) : m.text.replaceAll('\0', '\ufffd'); })]);
    } catch (e) { if (!(e instanceof ReferenceStop)) throw e; want = [e.what, e.line]; stops++; }
    let got: any;
    try {
      const x = await extractOf('json', [bytes], { chunkBytes, recordLimitBytes: limit });
      const rows = new Map((await rowsIn(x)).map((r) => [r.row, r]));
      got = Array.from({ length: x.read }, (_, i) => { const r = rows.get(i + 1); return [x.places.locate(i + 1).line, r ? SHAPE.columns.map((c) => r[c]) : null]; });
      await x.discard();
      want = Array.isArray(want) && want.map((w: any, i: number) => [w[0], w[1] && w[1].map((v: any, k: number) => v === '?' ? (got[i]?.[1]?.[k] !== null && got[i]?.[1]?.[k] !== undefined ? got[i][1][k] : '?!') : typeof v === 'string' && v[0] === '#' ? (JSON.stringify(decimalOf(got[i]?.[1]?.[k] ?? '7'), (_, q) => typeof q === 'bigint' ? String(q) : q) === v.slice(1) ? got[i][1][k] : v) : v)]);
    } catch (e: any) { got = [e.code === 'source.bad-json' || e.code === 'source.no-object' ? 'json' : String(e.stack), e.code === 'source.no-object' ? null : e.place?.line ?? null]; }
    if (JSON.stringify(want).replaceAll('\ufeff', '') !== JSON.stringify(got).replaceAll('\ufeff', '')) throw console.log(JSON.stringify({ want, got, text, chunkBytes })), new Error(JSON.stringify({ want, got, text, chunkBytes, limit }));
  }), { numRuns: Number(process.env['RUNS'] ?? 1500) });
  t.log(n, stops); t.pass();
});
