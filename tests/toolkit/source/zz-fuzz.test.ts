import test from 'ava';
import fc from 'fast-check';
import { readCsv as slow } from '../../reference/csv.ts';
import { ReferenceStop } from '../../reference/stop.ts';
import { extractOf, recordsOf, SHAPE } from './room.ts';
const piece = fc.oneof({arbitrary: fc.constantFrom(',', '"', '\n', '\r', '\r\n', '""', '1', '2', 'x', ' ', '\0', 'é', '😀', '\ufeff'), weight: 4},{arbitrary: fc.constantFrom('1,x,y\n', '"', ',"', '",', '2,p,"q\n', '3,"a\nb",c\r\n', '\n1,2,3\n', '"\n'), weight: 3});
test('any', async (t) => {
  let stops = 0, n = 0;
  await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 30 }), fc.constantFrom(1, 3, 7, 64, 1<<20), fc.constantFrom(6, 12, 1000), async (pieces, chunkBytes, limit) => {
    const bytes = new TextEncoder().encode('id,a,b\n' + pieces.join(''));
    let want: any; n++;
    try { want = slow({ name: 'x', bytes }, { source: 'support', columns: SHAPE.columns, readsAsKey: (c: string) => /^[0-9]+$/.test(c.trim()), recordLimitBytes: limit }).map(({ line, cells }) => [line, cells && `${cells['id']}|${cells['a']}|${cells['b']}`]); }
    catch (e) { if (!(e instanceof ReferenceStop)) throw e; want = [e.what, e.line]; stops++; }
    let got: any;
    try { const x = await extractOf('csv', [bytes], { chunkBytes, recordLimitBytes: limit }); got = await recordsOf(x); await x.discard(); }
    catch (e: any) { got = [e.code?.replace('source.', '') ?? String(e), e.place?.line ?? null]; }
    if (JSON.stringify(want).replaceAll('\ufeff','') !== JSON.stringify(got).replaceAll('\ufeff','')) throw new Error(JSON.stringify({ want, got, text: new TextDecoder().decode(bytes), chunkBytes, limit }));
  }), { numRuns: Number(process.env['RUNS'] ?? 1500) });
  t.log(n, stops); t.pass();
});
