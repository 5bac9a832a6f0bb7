import test from 'ava';
import { daybook, folder, placeIn } from './scene.ts';

const refused = test.macro(async (t, argv: readonly string[], code: number, what: RegExp, where: string, fix: RegExp) => {
  const said = await daybook(argv);
  t.is(said.out, '');
  t.is(said.code, code);
  const lines = said.err.trimEnd().split('\n');
  t.is(lines.length, 3, said.err);
  t.regex(lines[0] ?? '', what);
  t.is(lines[1], `  at ${where}`);
  t.regex(lines[2] ?? '', fix);
});

const RUN = ['run', 'customer-360'];
test(
  'an unknown command is refused with a suggestion',
  refused,
  ['statsu'],
  64,
  /"statsu".*"status"/,
  'daybook statsu',
  /^Fix: Type `daybook status`/,
);
test('letters that changed places are seen through', refused, ['rnu'], 64, /"rnu".*"run"/, 'daybook rnu', /^Fix: /);
test('an unknown subcommand is refused with a suggestion', refused, ['runs', 'lsit'], 64, /"runs lsit".*"runs list"/, 'daybook runs lsit', /^Fix: /);
test('a group alone says what is missing', refused, ['rejects'], 64, /"rejects" needs/, 'daybook rejects', /list, show, export or replay/);
test('an unknown flag is refused with a suggestion', refused, [...RUN, '--dry'], 64, /no flag "--dry"/, '--dry', /^Fix: .*--help/);
test('a misspelt flag is refused with the one that was meant', refused, [...RUN, '--jsno'], 64, /"--json"/, '--jsno', /^Fix: Write --json/);
test('a flag before the command is refused', refused, ['--verbose', 'run'], 64, /no flag "--verbose"/, '--verbose', /^Fix: /);
test('a flag without its value is refused', refused, [...RUN, '--env'], 64, /"--env" needs a value/, '--env', /^Fix: /);
test('a command without its argument is refused', refused, ['run'], 64, /"run" needs PIPELINE/, 'daybook run PIPELINE', /^Fix: /);
test(
  'a flag that is needed and not given is refused',
  refused,
  ['generate', 'customer-360', '--out', 'x'],
  64,
  /needs "--rows"/,
  '--rows',
  /^Fix: Add --rows/,
);
test('a word too much is refused', refused, ['run', 'a', 'b'], 64, /more words/, 'daybook run', /^Fix: Quote/);
test('a day that no calendar has is refused', refused, [...RUN, '--as-of', '2026-02-30'], 64, /no date "2026-02-30"/, '--as-of', /YYYY-MM-DD/);
test('a date in another form is refused', refused, [...RUN, '--as-of', '30/01/2026'], 64, /no date/, '--as-of', /^Fix: /);
test('a limit of nothing is refused', refused, [...RUN, '--limit', '0'], 64, /"--limit" must be a whole number, 1 or more/, '--limit', /^Fix: /);
test(
  'a format that does not exist is refused',
  refused,
  ['rejects', 'export', '--format', 'xml'],
  64,
  /"--format" must be `ndjson` or `csv`/,
  '--format',
  /^Fix: /,
);
test('--set without "=" is refused', refused, [...RUN, '--set', 'quality.gates'], 64, /--set quality.gates/, '--set', /key=value/);
test(
  'an unknown pipeline is refused with a suggestion',
  refused,
  ['run', 'customer-306'],
  64,
  /"customer-306".*"customer-360"/,
  'toolkit/pipelines',
  /^Fix: /,
);
test(
  'an unknown key is a configuration fault',
  refused,
  [...RUN, '--set', 'warehose.path=x'],
  78,
  /"warehose.path"/,
  '--set warehose.path',
  /^Fix: /,
);
test(
  'an unknown environment is a configuration fault',
  refused,
  [...RUN, '--env', 'prod'],
  78,
  /"prod"/,
  'toolkit/pipelines/customer-360/environments, --env',
  /^Fix: /,
);

test('outside of a project nothing works, and it says so', async (t) => {
  const { code, err } = await daybook(['status'], { cwd: folder(t) });
  t.is(code, 78);
  t.regex(err, /There is no Daybook project/);
});

const KEYS = [
  'schema',
  'runId',
  'pipeline',
  'environment',
  'status',
  'startedAt',
  'finishedAt',
  'rows',
  'rules',
  'steps',
  'gates',
  'load',
  'artefacts',
  'error',
];
const documented = test.macro(async (t, argv: readonly string[], code: number, errorCode: string) => {
  const said = await daybook(argv);
  t.is(said.code, code);
  t.is(said.out.split('\n').length, 2);
  const document = JSON.parse(said.out) as Record<string, unknown>;
  t.deepEqual(Object.keys(document), KEYS);
  t.like(document, { schema: 'daybook.run/1', runId: null, status: 'failed', error: { code: errorCode } });
  t.deepEqual(Object.keys(document['error'] as object), ['code', 'message', 'remedy', 'source', 'file']);
});
test('with --json a usage error is a document too', documented, ['run', '--json'], 64, 'usage.missing-argument');
test('with --json an unknown pipeline is a document too', documented, ['run', 'nope', '--json'], 64, 'run.unknown-pipeline');
test('with --json an unknown flag is a document too', documented, ['validate', 'customer-360', '--json', '--bad'], 64, 'usage.unknown-option');
test(
  'with --json a configuration fault is a document too',
  documented,
  ['run', 'customer-360', '--json', '--set', 'no.key=1'],
  78,
  'config.unknown-key',
);

test('at narrow widths an error is broken into lines, on a terminal alone', async (t) => {
  const narrow = await daybook(['run', 'customer-306'], { columns: 40 });
  t.true(
    narrow.err
      .trimEnd()
      .split('\n')
      .every((line) => line.replace(/\u001b\[\d+m/g, '').length <= 40),
    narrow.err,
  );
});

test('an error is coloured on a terminal and not where NO_COLOR is set', async (t) => {
  t.regex((await daybook(['nope'], { columns: 80 })).err, /\u001b\[31m/);
  t.notRegex((await daybook(['nope'], { columns: 80, env: { NO_COLOR: '1', FORCE_COLOR: '1' } })).err, /\u001b/);
  t.notRegex((await daybook(['nope'])).err, /\u001b/);
  t.regex((await daybook(['nope'], { env: { FORCE_COLOR: '1' } })).err, /\u001b/);
});

test('a run that was cancelled before it began ends with 130', async (t) => {
  const { code, err } = await daybook(['run', 'customer-360', ...placeIn(folder(t))], { signal: AbortSignal.abort() });
  t.is(code, 130);
  t.regex(err, /cancelled/);
});
