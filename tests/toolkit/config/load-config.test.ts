import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { gateLimits } from '../../../toolkit/config/index.ts';
import { load, projectFolder, refusal } from './project-folder.ts';

type Files = Readonly<Record<string, string>>;
interface Given {
  readonly yaml?: string;
  readonly development?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly set?: readonly string[];
}

const filesOf = ({ yaml, development }: Given): Files => ({
  ...(yaml === undefined ? {} : { 'pipelines/shop/config.yaml': yaml }),
  ...(development === undefined ? {} : { 'pipelines/shop/environments/development.yaml': development }),
});

const loaded = (t: ExecutionContext, given: Given) => load(projectFolder(t, filesOf(given)), { env: given.env ?? {}, set: given.set ?? [] });

const gives = test.macro((t, given: Given, key: string, value: string, layer: string) => {
  const [origin] = loaded(t, given).origins.explain(key);
  t.like(origin, { key, value, layer });
});

test('a default stands where nobody says otherwise', gives, {}, 'limits.record', '33554432', 'default');
test('the pipeline’s file is stronger than the default', gives, { yaml: 'onMissing: flag' }, 'onMissing', 'flag', 'pipeline');
test(
  'the environment’s file is stronger than the pipeline’s',
  gives,
  { yaml: 'onMissing: flag', development: 'onMissing: delete' },
  'onMissing',
  'delete',
  'environment',
);
test(
  'a variable is stronger than the environment’s file',
  gives,
  { development: 'onMissing: delete', env: { DAYBOOK_ON_MISSING: 'flag' } },
  'onMissing',
  'flag',
  'variable',
);
test('--set is stronger than a variable', gives, { env: { DAYBOOK_ONMISSING: 'flag' }, set: ['onMissing=keep'] }, 'onMissing', 'keep', 'set');
test('of a key set twice the last counts', gives, { set: ['onMissing=flag', 'onMissing=delete'] }, 'onMissing', 'delete', 'set');
test('gates: on is on', gives, { yaml: 'quality:\n  gates: on' }, 'quality.gates', 'on', 'pipeline');
test('gates: off is off', gives, { yaml: 'quality: {gates: off}' }, 'quality.gates', 'off', 'pipeline');
test('gates: false is off', gives, { yaml: 'quality: {gates: false}' }, 'quality.gates', 'off', 'pipeline');
test('a rule’s severity off is off', gives, { yaml: 'rules: {crm: {email.invalid: off}}' }, 'rules.crm.email.invalid', 'off', 'pipeline');
test('a rule may be nested', gives, { yaml: 'rules: {crm: {email: {invalid: reject}}}' }, 'rules.crm.email.invalid', 'reject', 'pipeline');
test('a rule may be one dotted key', gives, { yaml: 'rules.crm.email.invalid: reject' }, 'rules.crm.email.invalid', 'reject', 'pipeline');
test('a rule may be set', gives, { set: ['rules.crm.email.invalid=reject'] }, 'rules.crm.email.invalid', 'reject', 'set');
test(
  'a rule may be a variable',
  gives,
  { env: { DAYBOOK_RULES__CRM__FIRST_NAME__MISSING: 'off' } },
  'rules.crm.first_name.missing',
  'off',
  'variable',
);
test('a rule keeps its contract’s severity', gives, {}, 'rules.crm.email.invalid', 'warn', 'default');
test(
  'a fixed rule may be given its own severity',
  gives,
  { set: ['rules.crm.record.malformed=reject'] },
  'rules.crm.record.malformed',
  'reject',
  'set',
);
test('a camel-case key as a variable', gives, { env: { DAYBOOK_WAREHOUSE__BUSYTIMEOUTMS: '7' } }, 'warehouse.busyTimeoutMs', '7', 'variable');
test(
  'a camel-case key as a variable with underscores',
  gives,
  { env: { DAYBOOK_WAREHOUSE__BUSY_TIMEOUT_MS: '7' } },
  'warehouse.busyTimeoutMs',
  '7',
  'variable',
);
test('memory as text', gives, { set: ['limits.memory=2GB'] }, 'limits.memory', '2000000000', 'set');
test('memory by 1024', gives, { yaml: 'limits: {memory: 1.5GiB}' }, 'limits.memory', '1610612736', 'pipeline');
test('memory as a number of bytes', gives, { env: { DAYBOOK_LIMITS__MEMORY: '1048576000' } }, 'limits.memory', '1048576000', 'variable');
test('memory not set', gives, { yaml: 'limits: {memory: 2GB}', set: ['limits.memory=null'] }, 'limits.memory', '(not set)', 'set');
test('an empty variable counts as not set', gives, { env: { DAYBOOK_ON_MISSING: '' } }, 'onMissing', 'keep', 'default');
test('an empty section is nothing', gives, { yaml: 'sources:\nonMissing: flag' }, 'onMissing', 'flag', 'pipeline');
test('an empty file is nothing', gives, { yaml: '# only a comment\n' }, 'onMissing', 'keep', 'default');
test('a setting is checked by the pipeline’s schema', gives, { set: ['settings.segments.vip=2000'] }, 'settings.segments.vip', '2000', 'set');
test('a setting’s default', gives, {}, 'settings.segments.regular', '100', 'default');
test('a list by commas', gives, { set: ['settings.regions=Wales, Scotland'] }, 'settings.regions', '["Wales","Scotland"]', 'set');
test('a list as JSON', gives, { env: { DAYBOOK_SETTINGS__REGIONS: '["A,B"]' } }, 'settings.regions', '["A,B"]', 'variable');
test('a boolean as text', gives, { set: ['settings.isStrict=on'] }, 'settings.isStrict', 'true', 'set');
test('a name of one’s own in a setting', gives, { yaml: 'settings: {points: {London: 2}}' }, 'settings.points.London', '2', 'pipeline');

const lies = test.macro((t, given: Given, key: string, expected: (root: string) => string) => {
  const root = projectFolder(t, filesOf(given));
  const { origins } = load(root, { env: given.env ?? {}, set: given.set ?? [], cwd: join(root, 'deep') });
  t.is(origins.explain(key)[0]?.value, expected(root));
});

test('a default path is from the project', lies, {}, 'warehouse.path', (root) => join(root, 'warehouse.sqlite'));
test('a path in a file is from the project', lies, { yaml: 'sources: {crm: data/crm.csv}' }, 'sources.crm', (root) => join(root, 'data/crm.csv'));
test('a path in a variable is from the project', lies, { env: { DAYBOOK_STATE__DIR: 'state' } }, 'state.dir', (root) => join(root, 'state'));
test('a path in --set is from the working directory', lies, { set: ['sources.crm=../x.csv'] }, 'sources.crm', (root) => join(root, 'x.csv'));
test('a glob becomes absolute', lies, { yaml: "sources: {crm: 'in/*.csv'}" }, 'sources.crm', (root) => join(root, 'in/*.csv'));
test('an absolute path stays', lies, { set: ['warehouse.path=/srv/w.sqlite'] }, 'warehouse.path', () => '/srv/w.sqlite');
test('a URL stays', lies, { set: ['sources.crm=https://api.test/v1'] }, 'sources.crm', () => 'https://api.test/v1');

const refuses = test.macro((t, given: Given, code: string, exit: number, says: string, place: object) => {
  const root = projectFolder(t, filesOf(given));
  const fault = refusal(t, () => load(root, { env: given.env ?? {}, set: given.set ?? [] }));
  t.is(fault.code as string, code);
  t.true(fault.message.includes(says), fault.message);
  t.like({ ...fault.place, exit: fault.exit }, { ...place, exit });
});

test(
  'an unknown key with its line',
  refuses,
  { yaml: 'onMissing: keep\nwarehouse:\n  pth: x' },
  'config.unknown-key',
  78,
  'Did you mean "warehouse.path"?',
  { line: 3, key: 'warehouse.pth' },
);
test('an unknown key at the top', refuses, { yaml: 'qualty: {}' }, 'config.unknown-key', 78, 'Did you mean "quality"?', { line: 1 });
test('a key in the wrong section', refuses, { yaml: 'minimum: 1\n' }, 'config.unknown-key', 78, '"minimum"', { line: 1 });
test('a key without its section', refuses, { set: ['busyTimeoutMs=1'] }, 'config.unknown-key', 78, 'Did you mean "warehouse.busyTimeoutMs"?', {
  key: '--set busyTimeoutMs',
});
test('an unknown source', refuses, { set: ['sources.cmr=x'] }, 'config.unknown-key', 78, 'Did you mean "sources.crm"?', {});
test(
  'an unknown rule',
  refuses,
  { yaml: 'rules: {crm: {emial.invalid: warn}}' },
  'config.unknown-key',
  78,
  'Did you mean "rules.crm.email.invalid"?',
  { line: 1 },
);
test(
  'a rule of an unknown source',
  refuses,
  { set: ['rules.oders.amount.invalid=warn'] },
  'config.unknown-key',
  78,
  'Did you mean "rules.orders"?',
  {},
);
test(
  'limits of an unknown source',
  refuses,
  { yaml: 'quality: {perSource: {order: {minRows: 1}}}' },
  'config.unknown-key',
  78,
  'Did you mean "quality.perSource.orders"?',
  {},
);
test('an unknown setting', refuses, { set: ['settings.segments.vp=1'] }, 'config.unknown-key', 78, 'Did you mean "settings.segments.vip"?', {});
test('an unknown variable', refuses, { env: { DAYBOOK_WAREHOUSE__PATHH: 'x' } }, 'config.unknown-key', 78, 'Did you mean "warehouse.path"?', {
  key: 'DAYBOOK_WAREHOUSE__PATHH',
});
test(
  'a variable with one underscore too few',
  refuses,
  { env: { DAYBOOK_WAREHOUSE_PATH: 'x' } },
  'config.unknown-key',
  78,
  'Did you mean "DAYBOOK_WAREHOUSE__PATH"?',
  {},
);
test('a section set as a whole', refuses, { set: ['warehouse=x'] }, 'config.unknown-key', 78, '"warehouse"', {});
test('--set without =', refuses, { set: ['onMissing'] }, 'config.set-without-value', 64, '"--set onMissing" gives no value', { key: '--set' });
test('--set without a key', refuses, { set: ['=keep'] }, 'config.set-without-value', 64, 'gives no value', {});
test('a fixed rule', refuses, { yaml: 'rules: {crm: {record.malformed: warn}}' }, 'config.fixed-rule', 78, 'always "reject"', { line: 1 });
test('a word that is no choice', refuses, { yaml: '\nonMissing: kep' }, 'config.wrong-value', 78, '"onMissing" must be `keep`, `flag` or `delete`', {
  line: 2,
});
test('a text for a number', refuses, { set: ['quality.minRows=many'] }, 'config.wrong-value', 78, 'a whole number, 0 or more', {
  key: '--set quality.minRows',
});
test('a quoted number in a file', refuses, { yaml: 'quality: {minRows: "5"}' }, 'config.wrong-value', 78, 'a whole number, 0 or more', {});
test('a number out of range', refuses, { yaml: 'quality: {maxDropPercent: 101}' }, 'config.wrong-value', 78, '0 to 100', {});
test('a number for a path', refuses, { yaml: 'sources: {crm: 5}' }, 'config.wrong-value', 78, '"sources.crm" must be a path', {});
test('a list for a section', refuses, { yaml: 'warehouse: [1]' }, 'config.wrong-value', 78, '"warehouse" must be a section of keys', {});
test('a key without a value', refuses, { yaml: 'onMissing:' }, 'config.wrong-value', 78, '"onMissing"', { line: 1 });
test('no size', refuses, { set: ['limits.memory=lots'] }, 'config.wrong-value', 78, 'a size', {});
test('less memory than a run can work in', refuses, { set: ['limits.memory=511MB'] }, 'config.wrong-value', 78, 'at least 512 MB', {});
test('fewer bytes than a run can work in', refuses, { set: ['limits.memory=1048576'] }, 'config.wrong-value', 78, 'at least 512 MB', {});
test('a unit that does not exist', refuses, { set: ['limits.memory=5 apples'] }, 'config.wrong-value', 78, 'a size', {});
test('a wrong setting', refuses, { set: ['settings.segments.vip=a'] }, 'config.wrong-value', 78, '"settings.segments.vip" must be a number', {
  key: '--set settings.segments.vip',
});
test('a key given twice', refuses, { yaml: 'onMissing: keep\nonMissing: keep' }, 'config.not-yaml', 78, 'duplicate key', { line: 2 });
test('no YAML', refuses, { yaml: 'a: b: c' }, 'config.not-yaml', 78, 'no YAML', { line: 1 });
test('a file that is a list', refuses, { yaml: '- a' }, 'config.not-yaml', 78, 'no keys', {});

test('other DAYBOOK_ variables are left alone', (t) => {
  t.notThrows(() => loaded(t, { env: { DAYBOOK_DEBUG: '1', DAYBOOK_ENV: 'development', DAYBOOK_COLOUR: 'x' } }));
});

test('what a value replaced is told, the nearest first', (t) => {
  const [origin] = loaded(t, { yaml: 'onMissing: flag', set: ['onMissing=delete'] }).origins.explain('onMissing');
  t.deepEqual(
    origin?.replaced.map(({ value, layer, line }) => [value, layer, line]),
    [
      ['flag', 'pipeline', 1],
      ['keep', 'default', null],
    ],
  );
});

test('a section explains all its keys', (t) => {
  t.deepEqual(
    loaded(t, {})
      .origins.explain('warehouse')
      .map(({ key }) => key),
    ['warehouse.kind', 'warehouse.path', 'warehouse.busyTimeoutMs'],
  );
});

test('an unknown key cannot be explained', (t) => {
  const { origins } = loaded(t, {});
  t.is(refusal(t, () => origins.explain('warehouse.pathh')).exit, 78);
});

test('the gates of a source are its own or everybody’s', (t) => {
  const { config } = loaded(t, { yaml: 'quality: {minRows: 2, perSource: {orders: {maxRejectedPercent: 100}}}' });
  t.deepEqual(gateLimits(config, 'orders'), { maxRejectedPercent: 100, minRows: 2, maxDropPercent: 100 });
  t.deepEqual(gateLimits(config, 'crm'), { maxRejectedPercent: 50, minRows: 2, maxDropPercent: 100 });
  t.is(gateLimits(loaded(t, { set: ['quality.gates=off'] }).config, 'crm'), null);
});

test('without a pipeline any source and setting may be named', (t) => {
  const root = projectFolder(t);
  const { config } = load(root, { pipeline: null, set: ['sources.any=x.csv', 'settings.deep.key=1'] });
  t.is(config.sources['any'], join(root, 'x.csv'));
});
