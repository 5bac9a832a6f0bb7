import test, { type ExecutionContext } from 'ava';
import { paperOf } from '../../cli/render/paper.ts';
import type { RunFacts } from '../../cli/views/run-facts.ts';
import { nextCommands, runSummary } from '../../cli/views/run-summary.ts';
import { DaybookError } from '../../toolkit/errors/index.ts';
import { golden } from './golden.ts';
import { meanings, ranBadly, ranWell } from './run-document.ts';
import { collector } from './scene.ts';

const facts: RunFacts = {
  document: ranWell,
  mode: 'publish',
  isPartial: false,
  replay: null,
  replayedBy: [],
  meanings,
  warehouse: '/home/p/data/warehouse.sqlite',
  cwd: '/home/p',
  program: 'daybook',
  options: '',
  isFull: false,
};

function shown(facts: RunFacts, columns: number, env: Record<string, string>): string {
  const output = collector(columns);
  const paper = paperOf(output, env);
  paper.lines(...runSummary(facts, paper));
  return output.text();
}

const SILENCE = {
  source: 'postcodes',
  service: 'https://api.example.com',
  of: 'crm',
  records: 1204,
  older: 1,
  failures: { network: 2, 'time-out': 6 },
  gaveUp: 'failures',
} as const;

const looks = test.macro((t: ExecutionContext, name: string, given: RunFacts, columns: number, env: Record<string, string>) =>
  golden(t, `run-${name}`, shown(given, columns, env)),
);
const UTF8 = { LANG: 'C.UTF-8' };
test('a run at eighty columns', looks, '80', facts, 80, { ...UTF8, NO_COLOR: '1' });
test('a run at eighty columns in colour', looks, '80-colour', facts, 80, UTF8);
test('a run at forty columns', looks, '40', facts, 40, { ...UTF8, NO_COLOR: '1' });
test('a run in plain ASCII', looks, 'ascii', facts, 80, { LANG: 'C', NO_COLOR: '1' });
test('a run read aloud', looks, 'aloud', facts, 80, { ...UTF8, INK_SCREEN_READER: 'true', NO_COLOR: '1' });
test('a run on a dumb terminal', looks, 'dumb', facts, 80, { ...UTF8, TERM: 'dumb' });
test('a run that was refused', looks, 'refused', { ...facts, document: ranBadly }, 80, { ...UTF8, NO_COLOR: '1' });
test('a dry run', looks, 'dry', { ...facts, mode: 'dry-run' }, 80, { ...UTF8, NO_COLOR: '1' });
const replay = { runId: '20261124T090000Z-0a1b2c', corrected: 12, removed: 1, carried: 3 };
test('a replay', looks, 'replay', { ...facts, mode: 'dry-run', replay, replayedBy: ['20261124T160000Z-3d4e5f'] }, 80, { ...UTF8, NO_COLOR: '1' });
test('a trial', looks, 'trial', { ...facts, isPartial: true, document: { ...ranWell, load: {} } }, 80, { ...UTF8, NO_COLOR: '1' });
test('what was checked, in full', looks, 'validate', { ...facts, mode: 'validate', isFull: true, document: { ...ranWell, load: {} } }, 80, {
  ...UTF8,
  NO_COLOR: '1',
});

const { code, message } = new DaybookError('service.unanswered', SILENCE);
const silent = { ...facts, document: { ...ranWell, notices: [{ code, message }] } };
test('a run that goes without something', looks, 'notices', silent, 80, { ...UTF8, NO_COLOR: '1' });

test('at forty columns no line is longer, but for commands and paths', (t) => {
  const long = shown(facts, 40, { ...UTF8, NO_COLOR: '1' })
    .split('\n')
    .filter((line) => line.length > 40);
  t.deepEqual(
    long.filter((line) => !/daybook|\//.test(line)),
    [],
  );
});

test('in ASCII there is nothing but ASCII', (t) => {
  t.regex(shown(facts, 80, { LANG: 'C', NO_COLOR: '1' }), /^[\x20-\x7e\n]*$/);
});

test('without colour there are no escapes, and with it the same words', (t) => {
  const plain = shown(facts, 80, { ...UTF8, NO_COLOR: '1' });
  t.notRegex(plain, /\u001b/);
  t.is(shown(facts, 80, UTF8).replace(/\u001b\[\d+m/g, ''), plain);
});

test('three commands come next, for the environment that ran', (t) => {
  t.deepEqual(
    nextCommands(facts).map(([command]) => command),
    ['daybook rejects show latest', 'daybook runs show latest', 'daybook status'],
  );
  t.true(nextCommands({ ...facts, document: ranBadly }).every(([command]) => command.endsWith(' --env production')));
  t.is(nextCommands({ ...facts, options: ' --set state.dir=x' })[0]?.[0], 'daybook rejects show latest --set state.dir=x');
});
