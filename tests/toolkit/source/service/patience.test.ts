import test from 'ava';
import { DaybookError } from '../../../../toolkit/errors/index.ts';
import { askService, PROTOCOLS, serviceAddress } from '../../../../toolkit/source/index.ts';
import { answersRight, type Behaviour, fails, PostcodeService } from '../../../postcode-service.ts';
import { ask, LIMITS, postcodes, serviceFor, stillClock } from './room.ts';

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
