import test from 'ava';
import { answersBody, type Behaviour, breaksOff, drops, fails, hangs, stalls } from '../../../postcode-service.ts';
import { ask, postcodes, serviceFor } from './room.ts';

/** A fault that may pass: the same request is sent again and then answered. */
const triesAgain = test.macro(async (t, faults: readonly Behaviour[], kind: string, waits: readonly number[]) => {
  const service = await serviceFor(t, ...faults);
  const heard = await ask(service.url, ['AB1 0AA'], { timeoutMs: kind === 'time-out' ? 300 : 5_000 });
  t.deepEqual([...heard.answers.keys()], ['AB1 0AA']);
  t.is(heard.requests, faults.length + 1);
  t.deepEqual(heard.failures, { [kind]: faults.length });
  t.deepEqual(heard.waits, waits);
});
test('500, then right', triesAgain, [fails(500)], 'server', [200]);
test('three times 502, then right: the wait doubles', triesAgain, [fails(502), fails(502), fails(502)], 'server', [200, 400, 800]);
// One after another, so that nothing else keeps the right answer back.
test.serial('no answer in time, then right', triesAgain, [hangs], 'time-out', [200]);
test.serial('half an answer and then silence, then right', triesAgain, [stalls], 'time-out', [200]);
test('a dropped connection, then right', triesAgain, [drops], 'network', [200]);
test('an answer that breaks off, then right', triesAgain, [breaksOff], 'network', [200]);
test('429 without a word for how long, then right', triesAgain, [fails(429)], 'rate-limit', [200]);
test('429 for 7 seconds, then right', triesAgain, [fails(429, { 'retry-after': '7' })], 'rate-limit', [200, 6_800]);
test('503 for 7 seconds, then right', triesAgain, [fails(503, { 'retry-after': '7' })], 'server', [200, 6_800]);
test(
  '429 until a date, then right',
  triesAgain,
  [fails(429, { date: 'Tue, 24 Nov 2026 15:00:00 GMT', 'retry-after': 'Tue, 24 Nov 2026 15:00:12 GMT' })],
  'rate-limit',
  [200, 11_800],
);

/** A fault that will not pass: the request is not sent again. */
const givesIn = test.macro(async (t, fault: Behaviour, kind: string) => {
  const service = await serviceFor(t);
  service.always = fault;
  const heard = await ask(service.url, ['AB1 0AA']);
  t.is(heard.answers.size, 0);
  t.like(heard, { answered: 0, requests: 1, failures: { [kind]: 1 }, waits: [] });
});
for (const status of [400, 401, 404, 418]) test(`${status} is not asked again`, givesIn, fails(status), 'refused');
test('HTML is no answer', givesIn, answersBody('<!doctype html><p>Back soon.', { 'content-type': 'text/html' }), 'wrong-form');
test('half of the JSON is no answer', givesIn, answersBody('{"status":200,"result":[{"query":'), 'wrong-form');
test('JSON of another form is no answer', givesIn, answersBody('{"status":200,"result":{"region":"London"}}'), 'wrong-form');
test('an empty list is no answer', givesIn, answersBody('{"status":200,"result":[]}'), 'wrong-form');
test('nothing is no answer', givesIn, answersBody(''), 'wrong-form');

test('a redirect is not followed, to another host or the same', async (t) => {
  const elsewhere = await serviceFor(t);
  const service = await serviceFor(t, fails(307, { location: `${elsewhere.url}/postcodes` }), fails(308, { location: '/elsewhere' }));
  t.like(await ask(service.url, postcodes(200)), { answered: 0, requests: 2, failures: { redirect: 2 } });
  t.deepEqual(elsewhere.requests, []);
});

const tooLarge = test.macro(async (t, isTold: boolean) => {
  const MEGABYTE = Buffer.alloc(1 << 20, ' ');
  let written = 0;
  const service = await serviceFor(t, (_, response) => {
    response.writeHead(200, isTold ? { 'content-length': String(10 << 20) } : {});
    const more = (): void => {
      if (written >= 10 || response.destroyed) return void response.end();
      written += 1;
      response.write(MEGABYTE, more);
    };
    more();
  });
  t.like(await ask(service.url, ['AB1 0AA']), { answered: 0, requests: 1, failures: { 'too-large': 1 } });
  t.true(written < 10, 'the end of it is never written');
});
test('an answer of 10 MB is refused by its length', tooLarge, true);
test('an answer of 10 MB that does not tell its length is refused as it grows', tooLarge, false);
