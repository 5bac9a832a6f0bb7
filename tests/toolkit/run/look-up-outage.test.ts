import { readFile, stat, writeFile } from 'node:fs/promises';
import test from 'ava';
import { answersRight, answersWith, type Behaviour, drops, fails, hangs } from '../../postcode-service.ts';
import { ALL, crm, FILES, region, Scene } from './look-up-scene.ts';

// Alone, so that nothing else keeps its end back.
test.serial('a run that is cancelled while it asks ends at once, and leaves what it heard to the next', async (t) => {
  const postcodes = Array.from({ length: 150 }, (_, i) => `AB${1 + (i % 75)} ${i < 75 ? 1 : 2}AA`);
  const it = await Scene.make(t, { ...FILES, crm: crm(...postcodes) });
  const cancel = new AbortController();
  let cancelledMs = 0;
  it.service.next.push(answersRight, () => {
    cancelledMs = performance.now();
    cancel.abort();
  });
  const { document } = await it.run(0, { signal: cancel.signal });
  t.true(performance.now() - cancelledMs < 5_000, 'a request that hangs has 30 s');
  t.is(document.error?.code, 'run.cancelled');
  const [journal = ''] = await it.cached();
  t.is((await readFile(journal, 'utf8')).trimEnd().split('\n').length, 100);
  t.is((await stat(journal)).mode & 0o777, 0o600);
  await writeFile(journal, '{"outcode":"AB1 1', { flag: 'a' });
  await it.run(1);
  t.deepEqual(
    it.service.requests.map(({ length }) => length),
    [100, 50, 50],
  );
  t.true((await it.places()).every(([, , found]) => found === 1));
});

test('an outage after all answers have expired changes no published region; what is new is placed when the service is back', async (t) => {
  const it = await Scene.make(t);
  await it.run(0);
  const before = await it.folder.rows();

  it.service.always = drops;
  const outage = await it.run(100);
  t.is(outage.document.status, 'succeeded');
  t.like(outage.document.load['customer_enriched'], { inserted: 0, updated: 0, unchanged: 6 });
  t.deepEqual(await it.folder.rows(), before);
  t.deepEqual(outage.document.rows['postcodes'], { read: 3, accepted: 3, rejected: 0, warned: 0 });
  t.deepEqual(
    outage.notices.map(({ message }) => message),
    [
      `"postcodes" could not be brought up to date: the service ${it.service.url} did not answer for all (no connection: 2). For 3 values an earlier answer stands.`,
    ],
  );

  it.service.always = fails(503);
  await it.folder.put(crm('AB1 1AA', 'ab1 1aa', 'AB2 2BB', 'AB3 3DD', 'AB7 7XY', 'AB7 7XY'));
  const { notices, events } = await it.run(101);
  t.deepEqual(await it.places(), [...ALL]);
  t.deepEqual(
    notices.map(({ code, message }) => [code, message]),
    [
      [
        'service.unanswered',
        `2 records of "crm" could not be looked up in "postcodes": the service ${it.service.url} did not answer for all (an error of its own: 2). For 3 values an earlier answer stands.`,
      ],
    ],
  );
  t.like(
    events.find((event) => event.type === 'service-asked'),
    { source: 'postcodes', service: it.service.url, asked: 4, answered: 0, requests: 2, failures: { server: 2 } },
  );

  it.service.always = answersRight;
  const back = await it.run(102);
  t.like(back.document.load['customer_enriched'], { inserted: 0, updated: 2, unchanged: 4 });
  t.deepEqual(await it.places(), [...ALL.slice(0, 4), [5, region('AB7 7XY'), 1], [6, region('AB7 7XY'), 1]]);
  t.deepEqual(back.notices, []);
});

/** A service that fails from the first day on: the run succeeds without it. */
const goesOnWithout = test.macro(async (t, behaviour: Behaviour, set: readonly string[], reason: string) => {
  const it = await Scene.make(t);
  it.service.always = behaviour;
  const { document, notices } = await it.run(0, { set });
  t.is(document.status, 'succeeded');
  t.deepEqual(
    await it.places(),
    ALL.map(([customer]) => [customer, 'Unknown', 0] as const),
  );
  t.deepEqual(document.rows['postcodes'], { read: 0, accepted: 0, rejected: 0, warned: 0 });
  t.deepEqual(
    notices.map(({ message }) => message),
    [`4 records of "crm" could not be looked up in "postcodes": the service ${it.service.url} did not answer for all (${reason}).`],
  );
  t.deepEqual(await it.cached(), [], 'nothing is cached that was not answered');
});
test('the run goes on without a service that never answers', goesOnWithout, hangs, ['services.timeoutMs=200'], 'no answer in time: 2');
test(
  'the run goes on without a service that limits the rate',
  goesOnWithout,
  fails(429, { 'retry-after': '9999' }),
  [],
  'too many requests: 1; it asks for a longer break than "services.budgetSeconds" leaves',
);
test(
  'the run goes on without a service that has no time',
  goesOnWithout,
  answersRight,
  ['services.budgetSeconds=0'],
  'the time of "services.budgetSeconds" was used up',
);

test('an answer that leaves some out is kept, and the rest asked for again', async (t) => {
  const it = await Scene.make(t);
  it.service.next.push(answersWith((entries) => entries.slice(1)));
  const { document, notices } = await it.run(0, { mode: 'validate' });
  t.like(document.rows['postcodes'], { read: 2, accepted: 2 });
  t.regex(notices[0]?.message ?? '', /^2 records of "crm" .*\(it left values out of its answers\)\.$/);
  await it.run(1, { mode: 'validate' });
  t.deepEqual(it.service.requests[1], ['AB1 1AA']);
});

test('answers are kept for their owner alone; a damaged file is told and made anew', async (t) => {
  const it = await Scene.make(t);
  await it.run(0, { mode: 'validate' });
  const [file = '', ...others] = await it.cached();
  t.deepEqual(others, []);
  t.is((await stat(file)).mode & 0o777, 0o600);
  await writeFile(file, (await readFile(file)).subarray(0, 300));
  const { document, notices } = await it.run(1, { mode: 'validate' });
  t.like(document.rows['postcodes'], { read: 3, accepted: 3 });
  t.deepEqual(
    notices.map(({ code }) => code),
    ['state.answers-damaged'],
  );
  t.deepEqual((await it.run(2, { mode: 'validate' })).notices, []);
});
