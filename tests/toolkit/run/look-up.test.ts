import { stat } from 'node:fs/promises';
import test from 'ava';
import { csv, lookupSource, pipeline, contract as stated, text } from 'daybook';
import * as z from 'zod';
import { type Contract, valueColumns } from '../../../toolkit/contract/index.ts';
import { frameOf, type LooseFrame, loose, readParquet, Session, typed } from '../../../toolkit/frame/index.ts';
import { postcodes } from '../../../toolkit/pipelines/customer-360/contracts/lookups.ts';
import { REJECT_COLUMNS, type RejectRow } from '../../../toolkit/run/index.ts';
import { foundAnswers, keptAnswers, keysToAsk } from '../../../toolkit/run/kept-answers.ts';
import { placeOf } from '../../postcode-service.ts';
import { ALL, crm, region, Scene } from './look-up-scene.ts';

const contract = postcodes as unknown as Contract;
const CODES = ['record.malformed', 'outcode.missing', 'outcode.duplicate', 'latitude.invalid', 'longitude.invalid'];

test('each valid postcode of an accepted customer is looked up whole and once; the next night none', async (t) => {
  const it = await Scene.make(t);
  const { document, notices } = await it.run(0);
  t.is(document.error, null);
  t.deepEqual(it.service.requests, [['AB1 1AA', 'AB2 2BB', 'AB3 3DD']]);
  t.deepEqual(await it.places(), [...ALL]);
  const before = await it.folder.rows();
  const { admin_district, ...place } = placeOf('AB1 1AA');
  t.like(before[0], { ...place, district: admin_district, geo_enriched: 1 });
  t.deepEqual(document.rows['postcodes'], { read: 3, accepted: 3, rejected: 0, warned: 0 });
  t.is(document.sources['postcodes'], undefined);
  t.deepEqual(document.rules['postcodes'], Object.fromEntries(CODES.map((code) => [code, 0])));
  t.deepEqual(notices, []);
  const second = await it.run(1);
  t.is(it.service.requests.length, 1);
  t.like(second.document.load['customer_enriched'], { inserted: 0, updated: 0 });
  t.deepEqual(second.document.rows['postcodes'], document.rows['postcodes']);
  t.deepEqual(await it.folder.rows(), before);
});

test('an unknown postcode is asked for again sooner than a known one', async (t) => {
  const it = await Scene.make(t);
  it.service.places.set('AB2 2BB', null);
  await it.run(0, { mode: 'validate' });
  await it.run(7.1, { mode: 'validate' });
  t.deepEqual(it.service.requests.slice(1), [['AB2 2BB']]);
});

/** Kept answers: key, known or not, and how many days ago it was given. */
const kept = (...answers: readonly (readonly [key: string, isFound: boolean, daysAgo: number])[]) =>
  loose(
    frameOf(
      answers.map(([outcode, isFound, daysAgo]) => ({
        outcode,
        region: isFound ? 'Wales' : null,
        ...{ country: null, district: null, latitude: null, longitude: null },
        'answer:found': isFound ? 1 : 0,
        'answer:at': NOW.getTime() - daysAgo * 86_400_000,
      })),
    ),
  );
const asked = (...keys: readonly string[]) => loose(frameOf(keys.map((outcode) => ({ outcode }))));
const NOW = new Date('2026-03-01T03:00:00Z');
const AGES = { cacheDays: 30, unknownDays: 7, retentionDays: 365 };
const keysOf = async (frame: LooseFrame): Promise<unknown[]> => [...(await typed<{ outcode: string }>(frame).collect()).array('outcode')];

test('what was never answered is asked first, then the oldest answer; a clock that was wrong is not believed', async (t) => {
  const known = kept(
    ['fresh', true, 29.9],
    ['old', true, 30.1],
    ['fresh unknown', false, 6.9],
    ['old unknown', false, 7.1],
    ['of tomorrow', true, -1],
  );
  const wanted = keysToAsk(asked('of tomorrow', 'old unknown', 'fresh unknown', 'new', 'fresh', 'old'), known, 'outcode', AGES, NOW);
  t.deepEqual(await keysOf(wanted), ['new', 'old', 'old unknown', 'of tomorrow']);
});

test('an answer that no record needs is forgotten after retentionDays, one that is needed never', async (t) => {
  const known = kept(['needed', true, 999], ['needed no more', true, 364], ['long forgotten', true, 366], ['asked again', true, 40]);
  const answered = kept(['asked again', false, 0]);
  const rows = { answered, accepted: kept(['x', true, 0]).select(...valueColumns(contract)), known, asked: asked('needed', 'asked again') };
  const all = keptAnswers(contract, rows, { answeredAt: NOW, now: NOW, ages: AGES });
  t.deepEqual(await keysOf(all.orderby('outcode')), ['asked again', 'needed', 'needed no more']);
  t.deepEqual(await keysOf(foundAnswers(all).orderby('outcode')), ['needed', 'needed no more'], 'the service has taken one back');
});

test('a null region gives Unknown and counts as placed, an unknown postcode does not', async (t) => {
  const it = await Scene.make(t);
  it.service.places.set('AB1 1AA', { region: null, country: ' Wales ', admin_district: '', latitude: null, longitude: null });
  it.service.places.set('AB2 2BB', null);
  const { document, notices } = await it.run();
  const [one, , three] = await it.folder.rows();
  t.like(one, { region: 'Unknown', country: 'Wales', district: 'Unknown', latitude: null, longitude: null, geo_enriched: 1 });
  t.like(three, { region: 'Unknown', country: 'Unknown', latitude: null, geo_enriched: 0 });
  t.deepEqual(document.rows['postcodes'], { read: 2, accepted: 2, rejected: 0, warned: 0 });
  t.deepEqual(notices, [], 'a postcode that does not exist is no fault of the service');
});

test('a coordinate out of range refuses its answer, which is asked for again and takes no good one’s place', async (t) => {
  const it = await Scene.make(t);
  const set = ['services.cacheDays=1'];
  it.service.places.set('AB1 1AA', { ...placeOf('AB1 1AA'), latitude: 90.5 });
  it.service.places.set('AB2 2BB', { ...placeOf('AB2 2BB'), longitude: 'west' });
  const { document } = await it.run(0, { set });
  t.deepEqual(document.rows['postcodes'], { read: 3, accepted: 1, rejected: 2, warned: 0 });
  t.like(document.rules['postcodes'], { 'latitude.invalid': 1, 'longitude.invalid': 1 });
  t.deepEqual((await it.places()).slice(0, 4), [[1, 'Unknown', 0], [2, 'Unknown', 0], [3, 'Unknown', 0], ...ALL.slice(3, 4)]);

  const session = await Session.open();
  t.teardown(() => session.close());
  const rejects = await readParquet<RejectRow>(document.artefacts.rejects ?? '', REJECT_COLUMNS).collect({ session });
  const own = (rejects.objects() as RejectRow[]).filter((row) => row.source === 'postcodes');
  const place = { file: it.service.url, line: null, key: null, severity: 'reject' };
  t.is(own.length, 2);
  t.like(own, [
    { ...place, record: 1, rule: 'latitude.invalid', value: '90.5' },
    { ...place, record: 2, rule: 'longitude.invalid', value: 'west' },
  ]);

  it.service.places.clear();
  await it.run(0.5, { set });
  t.deepEqual(it.service.requests[1], ['AB1 1AA', 'AB2 2BB']);
  t.deepEqual(await it.places(), [...ALL]);
  it.service.places.set('AB3 3DD', { ...placeOf('AB3 3DD'), latitude: -91 });
  const later = await it.run(2, { set });
  t.deepEqual(later.document.rows['postcodes'], { read: 4, accepted: 3, rejected: 1, warned: 0 });
  t.deepEqual(await it.places(), [...ALL]);
});

test('a severity of the configuration holds for answers too', async (t) => {
  const it = await Scene.make(t);
  it.service.places.set('AB1 1AA', { ...placeOf('AB1 1AA'), latitude: 90.5 });
  const { document } = await it.run(0, { set: ['rules.postcodes.latitude.invalid=warn'] });
  t.deepEqual(document.rows['postcodes'], { read: 3, accepted: 3, rejected: 0, warned: 1 });
  t.like((await it.folder.rows())[0], { region: region('AB1 1AA'), latitude: null, geo_enriched: 1 });
});

test('a dry run asks as a run does, and publishes nothing', async (t) => {
  const it = await Scene.make(t);
  const { document } = await it.run(0, { mode: 'dry-run' });
  t.like(document.rows['postcodes'], { read: 3, accepted: 3 });
  t.like(document.load['customer_enriched'], { inserted: 6 });
  await t.throwsAsync(stat(it.folder.warehouse));
});

test('a trial asks for its own records alone', async (t) => {
  const it = await Scene.make(t);
  await it.run(0, { limit: 2 });
  t.deepEqual(it.service.requests, [['AB1 1AA']]);
});

test('how many answers there are is judged by no gate, how many were refused is', async (t) => {
  const it = await Scene.make(t);
  const own = ['minRows=100', 'maxDropPercent=0', 'maxRejectedPercent=10'].map((gate) => `quality.perSource.postcodes.${gate}`);
  const set = ['quality.gates=on', 'quality.maxRejectedPercent=100', ...own];
  t.is((await it.run(0, { set })).document.error, null);
  it.service.places.set('AB8 8AA', { ...placeOf('AB8 8AA'), latitude: 1000 });
  await it.folder.put(crm('AB8 8AA'));
  const { document } = await it.run(1, { set });
  t.deepEqual(
    document.gates.filter(({ name, passed }) => name.startsWith('postcodes.') || !passed),
    [{ name: 'postcodes.maxRejectedPercent', limit: 10, actual: 100, passed: false }],
  );
});

test('only a lookup that a service can answer may be set to a web address', async (t) => {
  const it = await Scene.make(t);
  const wrong = await it.run(0, { set: ['sources.crm=https://crm.example.com'] });
  t.like(wrong.document.error, { code: 'service.unsupported', source: 'crm' });
  const mistyped = await it.run(0, { set: ['sources.postcodes=http://'] });
  t.like(mistyped.document.error, { code: 'service.bad-address', source: 'postcodes' });
});

const people = stated('people', { name: text({ title: 'Name' }), town: text({ title: 'Town' }) }, { key: 'name' });
const towns = stated('towns', { town: text({ title: 'Town' }), region: text({ title: 'Region' }) }, { key: 'town' });
const withService = (source: string, field: string) => () =>
  pipeline('shop', {
    sources: { people: csv(people), towns: lookupSource(towns, { service: { protocol: 'postcodes.io', source, field } }) },
    settings: z.object({}),
  });

test('a service may be asked for a field of another source', (t) => {
  t.notThrows(withService('people', 'town'));
});

for (const [source, field] of [
  ['peopel', 'town'],
  ['people', 'twon'],
  ['people', 'constructor'],
] as const) {
  test(`a service that is asked for "${field}" of "${source}" does not load`, (t) => {
    t.throws(withService(source, field), { instanceOf: TypeError, message: new RegExp(`"${field}" of "${source}"`) });
  });
}
