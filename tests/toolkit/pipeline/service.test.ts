import test from 'ava';
import { contract, csv, lookupSource, pipeline, text } from 'daybook';
import * as z from 'zod';

const people = contract('people', { name: text({ title: 'Name' }), town: text({ title: 'Town' }) }, { key: 'name' });
const towns = contract('towns', { town: text({ title: 'Town' }), region: text({ title: 'Region' }) }, { key: 'town' });
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
