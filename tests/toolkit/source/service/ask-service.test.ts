import test from 'ava';
import { DaybookError } from '../../../../toolkit/errors/index.ts';
import { askService, PROTOCOLS, serviceAddress } from '../../../../toolkit/source/index.ts';
import {
  answersBody,
  answersRight,
  answersWith,
  type Behaviour,
  breaksOff,
  drops,
  fails,
  hangs,
  PostcodeService,
  placeOf,
  stalls,
} from '../../../postcode-service.ts';
import { ask, LIMITS, postcodes, serviceFor, stillClock } from './room.ts';

const right = (postcode: string) => {
  const { admin_district, ...place } = placeOf(postcode);
  return { ...place, district: admin_district };
};

test('every postcode is asked for once, a hundred at a time, and answered', async (t) => {
  const service = await serviceFor(t);
  const keys = postcodes(250);
  const { answers, ...reply } = await ask(service.url, keys, { concurrency: 4 });
  t.deepEqual(
    service.requests.map((it) => it.length).sort((a, b) => a - b),
    [50, 100, 100],
  );
  t.deepEqual(service.asked, [...keys].sort());
  t.like(reply, { answered: 250, requests: 3, failures: {}, gaveUp: null });
  for (const key of keys) t.deepEqual(answers.get(key), right(key));
});

test('an unknown postcode and a region that is null are answers', async (t) => {
  const service = await serviceFor(t);
  service.places.set('JE2 3XP', { region: null, country: 'Channel Islands', admin_district: null, latitude: null, longitude: null });
  service.places.set('ZZ9 9ZZ', null);
  const { answers } = await ask(service.url, ['JE2 3XP', 'ZZ9 9ZZ']);
  t.deepEqual(answers.get('JE2 3XP'), { region: null, country: 'Channel Islands', district: null, latitude: null, longitude: null });
  t.is(answers.get('ZZ9 9ZZ'), null);
});

/** Answers that are odd and still say something: which of AB1 0AA, AB2 1AA and AB3 2AA are answered, each with its own place. */
const understands = test.macro(async (t, behaviour: Behaviour, expected: readonly string[]) => {
  const service = await serviceFor(t, behaviour);
  const { answers, requests } = await ask(service.url, ['AB1 0AA', 'AB2 1AA', 'AB3 2AA']);
  t.deepEqual([...answers.keys()].sort(), [...expected]);
  for (const key of expected) t.deepEqual(answers.get(key), right(key));
  t.is(requests, 1);
});
const ALL = ['AB1 0AA', 'AB2 1AA', 'AB3 2AA'] as const;
test(
  'answers in another order belong to their own postcodes',
  understands,
  answersWith((it) => it.toReversed()),
  ALL,
);
test(
  'a postcode that was not asked for is passed by',
  understands,
  answersWith((it) => [...it, { query: 'SW1A 1AA', result: placeOf('x') }]),
  ALL,
);
test(
  'a postcode that is left out is not answered',
  understands,
  answersWith((it) => it.slice(1)),
  ALL.slice(1),
);
test(
  'of a postcode answered twice the last counts',
  understands,
  answersWith((it) => [{ ...it[0], result: null }, ...it]),
  ALL,
);
test(
  'a postcode in another spelling is the same',
  understands,
  answersWith((it) => it.map((one) => ({ ...one, query: one.query.replace(' ', '').toLowerCase() }))),
  ALL,
);
for (const [what, entry] of [
  ['no object', 7],
  ['without a result', { query: 'AB1 0AA' }],
  ['with a list for a result', { query: 'AB1 0AA', result: [] }],
  ['with an empty result', { query: 'AB1 0AA', result: {} }],
  ['with a region that is no text', { query: 'AB1 0AA', result: { ...placeOf('x'), region: { name: 'x' } } }],
  ['with a latitude that is true', { query: 'AB1 0AA', result: { ...placeOf('x'), latitude: true } }],
  ['with half a character', { query: 'AB1 0AA', result: { ...placeOf('x'), country: '\ud800' } }],
] as const) {
  test(
    `an entry ${what} answers nothing`,
    understands,
    answersWith((it) => [entry, ...it.slice(1)]),
    ALL.slice(1),
  );
}

test('a user in the address is told by a header, and a path is kept', async (t) => {
  const service = await serviceFor(t);
  const { host } = new URL(service.url);
  const address = serviceAddress('postcodes', `http://ann:p%40ss@${host}/geo/`);
  t.is(address.shown, service.url);
  t.notRegex(address.base.href, /ann|p%40ss/);
  t.like(await ask(`http://ann:p%40ss@${host}/geo/`, ['AB1 0AA']), { answered: 1 });
  t.is(service.headers.authorization, `Basic ${Buffer.from('ann:p@ss').toString('base64')}`);
  t.is(service.path, '/geo/postcodes');
});

test('what is no address is refused', (t) => {
  t.like(
    t.throws(() => serviceAddress('postcodes', 'http://')),
    { code: 'service.bad-address', exit: 78 },
  );
});

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

test('the longest wait is ten seconds', async (t) => {
  const service = await serviceFor(t);
  service.always = fails(500);
  const { waits } = await ask(service.url, ['AB1 0AA'], { retries: 6, backoffMs: 1_000, breakAfter: 100 });
  t.deepEqual(waits, [500, 1_000, 2_000, 4_000, 5_000, 5_000]);
});

test('after so many failures in a row nothing more is asked', async (t) => {
  const service = await serviceFor(t);
  service.always = fails(500);
  const heard = await ask(service.url, postcodes(2_000), { breakAfter: 6 });
  t.like(heard, { answered: 0, requests: 6, failures: { server: 6 }, gaveUp: 'failures' });
  t.is(service.requests.length, 6);
});

test('a success in between begins the count anew', async (t) => {
  const service = await serviceFor(t, ...Array.from({ length: 30 }, (_, i): Behaviour => (i % 3 === 2 ? answersRight : fails(500))));
  t.like(await ask(service.url, postcodes(1_000), { breakAfter: 3 }), { answered: 1_000, requests: 30, gaveUp: null });
});

test('a service that is not there is given up', async (t) => {
  const service = await PostcodeService.start();
  const { url } = service;
  await service.stop();
  t.like(await ask(url, postcodes(1_000)), { answered: 0, failures: { network: 8 }, gaveUp: 'failures' });
});

test('the budget of time ends the asking', async (t) => {
  const clock = stillClock();
  const service = await serviceFor(t);
  service.always = (asked, response) => {
    clock.pass(4_000);
    answersRight(asked, response);
  };
  const heard = await ask(service.url, postcodes(1_000), { budgetMs: 10_000 }, { effects: clock.effects });
  t.like(heard, { answered: 300, requests: 3, failures: {}, gaveUp: 'budget' });
});

test('a wait that would outlast the budget is not begun', async (t) => {
  const service = await serviceFor(t);
  service.always = fails(500);
  t.like(await ask(service.url, postcodes(300), { backoffMs: 3_000, budgetMs: 4_000 }), { requests: 2, waits: [1_500], gaveUp: 'budget' });
});

test('a budget of nothing asks nothing', async (t) => {
  const service = await serviceFor(t);
  t.like(await ask(service.url, postcodes(300), { budgetMs: 0 }), { answered: 0, requests: 0, gaveUp: 'budget' });
  t.deepEqual(service.requests, []);
});

test('a service that asks for an hour is left alone at once', async (t) => {
  const service = await serviceFor(t);
  service.always = fails(429, { 'retry-after': '3600' });
  t.like(await ask(service.url, postcodes(1_000)), { answered: 0, requests: 1, gaveUp: 'rate-limit' });
});

test('a break that the service asks for holds for every request', async (t) => {
  const service = await serviceFor(t, fails(429, { 'retry-after': '20' }));
  const heard = await ask(service.url, postcodes(300), { retries: 0 });
  t.like(heard, { answered: 200, requests: 3, gaveUp: null, waits: [20_000] });
});

test('as many requests as allowed are under way at once, and no more', async (t) => {
  const held: (() => void)[] = [];
  let most = 0;
  const service = await serviceFor(t);
  service.always = (asked, response) => {
    held.push(() => answersRight(asked, response));
    most = Math.max(most, held.length);
    if (held.length === 3) for (const answer of held.splice(0)) answer();
  };
  t.like(await ask(service.url, postcodes(1_200), { concurrency: 3 }), { answered: 1_200, requests: 12 });
  t.is(most, 3);
});

test('cancelling ends a request that hangs', async (t) => {
  const cancel = new AbortController();
  const service = await serviceFor(t);
  service.always = () => cancel.abort();
  const started = performance.now();
  const fault = await t.throwsAsync(ask(service.url, postcodes(300), { concurrency: 2 }, { signal: cancel.signal }), { instanceOf: DaybookError });
  t.like(fault, { code: 'run.cancelled' });
  t.true(performance.now() - started < 2_000);
});

test('cancelling ends a wait', async (t) => {
  const cancel = new AbortController();
  const service = await serviceFor(t);
  service.always = (asked, response) => {
    fails(503, { 'retry-after': '50' })(asked, response);
    setTimeout(() => cancel.abort(), 50);
  };
  const question = { address: serviceAddress('postcodes', service.url), protocol: PROTOCOLS['postcodes.io'], keys: ['AB1 0AA'], limits: LIMITS };
  const started = performance.now();
  t.like(await t.throwsAsync(askService({ ...question, onAnswers: () => undefined, signal: cancel.signal })), { code: 'run.cancelled' });
  t.true(performance.now() - started < 2_000);
});
