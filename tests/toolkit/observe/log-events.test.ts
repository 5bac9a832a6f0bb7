import test, { type ExecutionContext } from 'ava';
import { logEvents, whoRuns } from '../../../toolkit/observe/index.ts';
import type { RunDocument } from '../../../toolkit/run/document.ts';
import type { RunEvent } from '../../../toolkit/run/events.ts';
import { folder, linesIn, open } from './log-folder.ts';

const figures = { name: 'customers', rowsIn: 1000, rowsOut: 900, startMs: 100, ms: 500, cpuMs: 400, peakBytes: 7, spilledBytes: 3 };
const document: RunDocument = {
  schema: 'daybook.run/1',
  runId: 'r1',
  pipeline: 'shop',
  environment: 'production',
  status: 'refused',
  startedAt: '2026-11-24T15:00:00Z',
  finishedAt: '2026-11-24T15:00:02Z',
  rows: {},
  sources: {},
  rules: {},
  steps: [figures],
  gates: [],
  load: {},
  notices: [],
  artefacts: { rejects: null, log: null, report: null },
  error: { code: 'run.gate-failed', message: 'm', remedy: 'r', source: null, file: null },
};
const events: readonly RunEvent[] = [
  { type: 'run-started', runId: 'r1', pipeline: 'shop', environment: 'production', at: new Date(0), mode: 'publish' },
  { type: 'run-replays', replay: { runId: 'r0', corrected: 3, removed: 1, carried: 0 } },
  { type: 'step-started', step: 'customers', rows: 1000 },
  { type: 'step-progress', step: 'customers', done: 1, total: null, unit: 'rows' },
  { type: 'step-finished', figures },
  { type: 'source-read', source: 'crm', files: ['/in/crm.csv'], records: 9, malformed: 1 },
  { type: 'service-asked', source: 'postcodes', service: 'https://api.test', asked: 9, answered: 7, requests: 2, failures: { server: 1 } },
  { type: 'schema-drift', source: 'crm', file: '/in/crm.csv', columns: ['fax'] },
  {
    type: 'source-checked',
    source: 'crm',
    rows: { read: 9, accepted: 8, rejected: 1, warned: 2 },
    rules: { 'email.invalid': 2, 'phone.invalid': 0 },
  },
  { type: 'notice', code: 'api.down', message: 'the API cannot be reached' },
  { type: 'gate-judged', gate: { name: 'minRows', limit: 10, actual: 9, passed: false } },
  { type: 'table-published', table: 'customers', counts: { inserted: 1, updated: 2, unchanged: 3, deleted: 0 } },
  { type: 'run-failed', code: 'run.gate-failed', message: 'the gate failed', place: {}, stack: null },
  { type: 'run-finished', document },
];

async function logged(t: ExecutionContext, name: string) {
  const at = folder(t);
  const log = await open(at);
  const sink = logEvents(log, 'uid:7');
  for (const event of events) sink(event);
  await log.close();
  return linesIn(at, name);
}

test('the application log tells the run, every line marked by it', async (t) => {
  const lines = await logged(t, 'daybook.log');
  t.true(lines.every(({ runId, pipeline }) => runId === 'r1' && pipeline === 'shop'));
  t.deepEqual(
    lines.map(({ level, message }) => `${level} ${message}`),
    [
      'info run started',
      'info run replays another with corrected records',
      'debug step started',
      'info step finished',
      'info source read',
      'info service asked',
      'warn unknown columns are ignored',
      'info source checked',
      'warn the API cannot be reached',
      'error gate failed',
      'info table published',
      'error the gate failed',
      'error run finished',
    ],
  );
  t.like(lines[5], { source: 'postcodes', asked: 9, answered: 7, requests: 2, 'failures.server': 1 });
  t.like(lines[1], { replays: 'r0', corrected: 3, removed: 1 });
  t.like(lines[7], { source: 'crm', read: 9, warned: 2, 'rules.email.invalid': 2 });
  t.false('rules.phone.invalid' in (lines[7] ?? {}));
});

test('the audit log tells who did what, and with what outcome', async (t) => {
  const lines = await logged(t, 'audit.log');
  t.true(lines.every(({ who, outcome }) => who === 'uid:7' && outcome !== undefined));
  t.deepEqual(
    lines.map(({ message, what, outcome }) => [message, what, outcome]),
    [
      ['run started', 'publish', 'started'],
      ['records corrected', 'r0', 'taken'],
      ['source read', 'crm', 'read'],
      ['service asked', 'postcodes', '7 answered'],
      ['gate judged', 'minRows', 'failed'],
      ['table published', 'customers', 'published'],
      ['run finished', 'run', 'refused'],
    ],
  );
  t.is(lines[2]?.['files'], '/in/crm.csv');
  t.like(lines[3], { service: 'https://api.test', records: 9 });
});

test('the performance log tells times and resources', async (t) => {
  const [step, run] = await logged(t, 'performance.log');
  t.like(step, { message: 'step', step: 'customers', ms: 500, cpuMs: 400, peakBytes: 7, spilledBytes: 3, rowsPerSecond: 2000 });
  t.like(run, { message: 'run', status: 'refused', ms: 2000, cpuMs: 400, peakBytes: 7, spilledBytes: 3 });
});

test('who runs is a number, or unknown where there are none', (t) => {
  t.is(
    whoRuns(() => 501),
    'uid:501',
  );
  t.is(whoRuns(null as never), 'unknown');
});
