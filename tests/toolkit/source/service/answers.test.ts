import test from 'ava';
import { serviceAddress } from '../../../../toolkit/source/index.ts';
import { answersWith, type Behaviour, placeOf } from '../../../postcode-service.ts';
import { ask, postcodes, serviceFor } from './room.ts';

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
