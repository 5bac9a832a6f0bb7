import { join } from 'node:path';
import test from 'ava';
import { load, projectFolder, refusal } from './project-folder.ts';

const shown = (root: string, options: Parameters<typeof load>[1]) => {
  const loaded = load(root, options);
  return { ...loaded, all: JSON.stringify(loaded.origins.all) };
};

test('a secret from a variable is used and never shown', (t) => {
  const root = projectFolder(t, { 'pipelines/shop/config.yaml': 'sources: {crm: "https://api.test/?key=${env:API_KEY}"}' });
  const { config, origins, all } = shown(root, { env: { API_KEY: 'hunter2' } });
  t.is(config.sources['crm'], 'https://api.test/?key=hunter2');
  t.is(origins.explain('sources.crm')[0]?.value, '(secret from env API_KEY)');
  t.false(all.includes('hunter2'));
});

test('a secret from a file loses its last line end and is read as the key’s type', (t) => {
  const root = projectFolder(t, { 'secret.txt': '4321\n', 'pipelines/shop/config.yaml': 'warehouse: {busyTimeoutMs: "${file:secret.txt}"}' });
  const { config, all } = shown(root, {});
  t.is(config.warehouse.busyTimeoutMs, 4321);
  t.false(all.includes('4321'));
});

test('a secret in a list of settings is never shown', (t) => {
  const { config, all } = shown(projectFolder(t), { set: ['settings.regions=${env:A},b'], env: { A: 'hunter2' } });
  t.deepEqual(config.settings.regions, ['hunter2', 'b']);
  t.false(all.includes('hunter2'));
});

test('a secret that was replaced is not shown, and need not be there', (t) => {
  const root = projectFolder(t, { 'pipelines/shop/config.yaml': 'sources: {crm: "${env:NOWHERE}"}' });
  const [origin] = load(root, { set: ['sources.crm=x.csv'] }).origins.explain('sources.crm');
  t.is(origin?.value, join(root, 'x.csv'));
  t.is(origin?.replaced[0]?.value, '(secret from env NOWHERE)');
});

test('a wrong secret is refused without being quoted', (t) => {
  const root = projectFolder(t, { 'pipelines/shop/config.yaml': 'quality: {minRows: "${env:ROWS}"}' });
  const fault = refusal(t, () => load(root, { env: { ROWS: 'hunter2' } }));
  t.is(fault.exit, 78);
  t.false(JSON.stringify([fault.message, fault.fix, fault.place, fault.params]).includes('hunter2'));
});

const misses = test.macro((t, value: string, code: string, says: string) => {
  const root = projectFolder(t, { 'pipelines/shop/config.yaml': `sources:\n  crm: "${value}"` });
  const fault = refusal(t, () => load(root));
  t.is(fault.code as string, code);
  t.is(fault.exit, 78);
  t.true(fault.message.includes(says), fault.message);
  t.is(fault.place.line, 2);
});

test('a variable that is not set', misses, '${env:NOWHERE}', 'config.secret-missing', 'environment variable "NOWHERE"');
test('a file that is not there', misses, '${file:/no/such/file}', 'config.secret-missing', 'readable file "/no/such/file"');
test('a kind of reference that does not exist', misses, '${vault:x}', 'config.bad-reference', 'unknown way');

test('a user and password in a web address are used and never shown', (t) => {
  const root = projectFolder(t, { 'pipelines/shop/config.yaml': 'sources: {crm: "https://ann:hunter1@api.test/geo"}' });
  const { config, origins, all } = shown(root, { set: ['sources.crm=HTTP://ann:hunt@er2@api.test'] });
  t.is(config.sources['crm'], 'HTTP://ann:hunt@er2@api.test');
  t.is(origins.explain('sources.crm')[0]?.value, 'HTTP://•••@api.test');
  t.is(origins.explain('sources.crm')[0]?.replaced[0]?.value, 'https://•••@api.test/geo');
  t.notRegex(all, /ann:|hunt|er2@/);
});
