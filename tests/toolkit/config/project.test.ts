import { mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { z } from 'zod';
import {
  configSchema,
  configurationReference,
  environmentsOf,
  findProject,
  parseBytes,
  requireSource,
  variableName,
} from '../../../toolkit/config/index.ts';
import { load, projectFolder, refusal, shop } from './project-folder.ts';

test('a project is found from a folder within', (t) => {
  const root = projectFolder(t, { 'sub/package.json': '{"name":"other"}' });
  mkdirSync(join(root, 'sub/deep'));
  t.like(findProject(join(root, 'sub/deep')), {
    root,
    name: 'shop',
    version: '1.2.3',
    pipelinesFolder: join(root, 'pipelines'),
    environmentsFolder: null,
  });
});

test('no project is a matter of configuration', (t) => {
  const fault = refusal(t, () => findProject(tmpdir()));
  t.is(fault.exit, 78);
  t.regex(fault.fix, /package\.json/);
});

const broken = test.macro((t, text: string) => {
  t.is(refusal(t, () => findProject(projectFolder(t, { 'package.json': text }))).code as string, 'config.bad-project');
});
test('a package.json that is no JSON', broken, '{"daybook": ');
test('a daybook key of another form', broken, '{"daybook": {"pipelines": 5}}');
test('a daybook key with an unknown key', broken, '{"daybook": {"pipeline": "x"}}');

test('an unknown environment is refused with the list', (t) => {
  const root = projectFolder(t, { 'pipelines/shop/environments/production.yaml': 'onMissing: flag' });
  const fault = refusal(t, () => load(root, { environment: 'prodution' }));
  t.is(fault.exit, 78);
  t.regex(fault.message, /Did you mean "production"/);
  t.regex(fault.fix, /development, production/);
  t.is(refusal(t, () => load(root, { environment: '../../x' })).exit, 78);
});

test('the environment comes from DAYBOOK_ENV, and --env is stronger', (t) => {
  const root = projectFolder(t, { 'pipelines/shop/environments/production.yaml': 'onMissing: flag', 'pipelines/shop/environments/staging.yaml': '' });
  t.is(load(root, { env: { DAYBOOK_ENV: 'production' } }).config.onMissing, 'flag');
  t.is(load(root, { env: { DAYBOOK_ENV: 'production' }, environment: 'staging' }).environment, 'staging');
  t.is(load(root).environment, 'development');
});

test('a folder of environments for all pipelines', (t) => {
  const root = projectFolder(t, {
    'package.json': '{"daybook":{"pipelines":"pipelines","environments":"env"}}',
    'env/night.yaml': 'onMissing: delete',
  });
  t.deepEqual(environmentsOf(findProject(root), shop), ['development', 'night']);
  t.is(load(root, { environment: 'night' }).config.onMissing, 'delete');
});

test('without a pipeline the environments of all pipelines are known', (t) => {
  const root = projectFolder(t, { 'pipelines/shop/environments/production.yaml': 'onMissing: flag' });
  t.is(load(root, { pipeline: null, environment: 'production' }).environment, 'production');
});

test('a source that nobody configured is named', (t) => {
  const root = projectFolder(t);
  const fault = refusal(t, () => requireSource(load(root).config, 'crm', shop, findProject(root)));
  t.is(fault.exit, 78);
  t.like(fault.place, { key: 'sources.crm', file: join(root, 'pipelines/shop/config.yaml') });
});

test('the reference lists every key with its variable', (t) => {
  const text = configurationReference(configSchema);
  for (const key of [
    'sources.NAME',
    'warehouse.path',
    'rules.SOURCE.CODE',
    'quality.perSource.NAME.minRows',
    'limits.memory',
    'engine.extensions',
    'onMissing',
  ])
    t.true(text.includes(`| \`${key}\` |`), key);
  t.true(text.includes('`DAYBOOK_WAREHOUSE__BUSY_TIMEOUT_MS`'));
  t.regex(text, /`state\.dir` \| a path \| `\.daybook` \|/);
});

test('the reference of a pipeline’s settings', (t) => {
  const text = configurationReference(z.object({ cut: z.number().default(3).meta({ description: 'Where it cuts.' }) }), ['settings']);
  t.regex(text, /\| `settings\.cut` \| a number \| `3` \| Where it cuts\. \| `DAYBOOK_SETTINGS__CUT` \|/);
});

const readsBytes = test.macro((t, text: string, bytes: number | null) => t.is(parseBytes(text), bytes));
test('bytes alone', readsBytes, '512', 512);
test('megabytes', readsBytes, '512MB', 512_000_000);
test('kibibytes, any case, with a space', readsBytes, '2 kib', 2048);
test('a letter alone is no unit', readsBytes, '2G', null);
test('a negative size', readsBytes, '-1', null);
test('a size beyond what is exact', readsBytes, '99999999TB', null);

test('a rule’s variable', (t) => t.is(variableName(['rules', 'crm', 'email.invalid']), 'DAYBOOK_RULES__CRM__EMAIL__INVALID'));

const shipped = test.macro((t, environment: string, key: string, value: string) => {
  const root = new URL('../../..', import.meta.url).pathname;
  const sources = { crm: [], orders: [], support: [], postcodes: [], companies: [] };
  const pipeline = {
    name: 'customer-360',
    folder: 'toolkit/pipelines/customer-360',
    sources,
    settings: z.object({}) as unknown as typeof shop.settings,
  };
  t.is(load(root, { pipeline, environment }).origins.explain(key)[0]?.value, value);
});
test('customer-360 in development does not judge orders', shipped, 'development', 'quality.perSource.orders.maxRejectedPercent', '100');
test('customer-360 in staging', shipped, 'staging', 'quality.maxRejectedPercent', '10');
test('customer-360 in production', shipped, 'production', 'quality.maxDropPercent', '30');
test('customer-360 in production keeps who is missing', shipped, 'production', 'onMissing', 'keep');

test('no value of the configuration is in a catalogue entry’s parameters', (t) => {
  const text = readFileSync(new URL('../../../toolkit/errors/catalogue/config.ts', import.meta.url), 'utf8');
  t.notRegex(text, /\bvalue: (?:string|unknown)/);
});
