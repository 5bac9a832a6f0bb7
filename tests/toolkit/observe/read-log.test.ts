import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { type LogQuery, readLog } from '../../../toolkit/observe/index.ts';
import { folder } from './log-folder.ts';

const line = (minute: number, message: string, other: object = {}): string =>
  JSON.stringify({
    ts: `2026-11-24T15:${String(minute).padStart(2, '0')}:00.000Z`,
    level: 'info',
    channel: 'app',
    runId: null,
    pipeline: null,
    message,
    ...other,
  });

const FILES: Readonly<Record<string, readonly string[]>> = {
  'daybook.20261124T151000Z-1-1.log': [line(1, 'a'), '{"ts": cut', line(5, 'c', { level: 'error', runId: '20261124T150500Z-aaaaaa' })],
  'daybook.log': [
    line(11, 'e', { file: 'Ann.csv' }),
    '',
    '\u0000\u0000',
    'null',
    '{"ts":"x","message":"m","level":"info","channel":"app"}',
    line(12, 'f'),
  ],
  'audit.log': [line(3, 'b', { channel: 'audit' }), line(8, 'd', { channel: 'audit', runId: '20261124T150500Z-aaaaaa' })],
  'performance.log': [],
  'notes.txt': [line(2, 'no log')],
};

const finds = test.macro(async (t, query: Omit<LogQuery, 'folder'>, expected: string) => {
  const at = folder(t);
  for (const [name, lines] of Object.entries(FILES)) writeFileSync(join(at, name), lines.join('\n'));
  let messages = '';
  for await (const { message } of readLog({ folder: at, ...query })) messages += message;
  t.is(messages, expected);
});

test('all lines in the order of their times', finds, {}, 'abcdef');
test('of a run', finds, { run: '20261124T150500Z-aaaaaa' }, 'cd');
test('of a run by the beginning of its id', finds, { run: '20261124T1505' }, 'cd');
test('of a level and above', finds, { level: 'warn' }, 'c');
test('of a channel', finds, { channel: 'audit' }, 'bd');
test('since a time', finds, { since: new Date('2026-11-24T15:08:00Z') }, 'def');
test('until a time', finds, { until: new Date('2026-11-24T15:08:00Z') }, 'abc');
test('with a text in a field, whatever its case', finds, { text: 'ann' }, 'e');
test('all at once', finds, { channel: 'app', level: 'info', text: 'c', until: new Date('2026-11-24T15:09:00Z') }, 'c');

test('damaged lines are told by file and line', async (t) => {
  const at = folder(t);
  for (const [name, lines] of Object.entries(FILES)) writeFileSync(join(at, name), lines.join('\n'));
  const damaged: string[] = [];
  for await (const _ of readLog({ folder: at, onDamaged: (file, number) => damaged.push(`${file.slice(at.length + 1)}:${number}`) }));
  t.deepEqual(damaged, ['daybook.20261124T151000Z-1-1.log:2', 'daybook.log:3', 'daybook.log:4', 'daybook.log:5']);
});

test('a reader may stop early', async (t) => {
  const at = folder(t);
  writeFileSync(join(at, 'daybook.log'), Array.from({ length: 5000 }, (_, n) => line(n % 60, String(n))).join('\n'));
  for await (const { message } of readLog({ folder: at })) {
    t.is(message, '0');
    break;
  }
});

test('a folder that is not there holds no lines', async (t) => {
  const lines = readLog({ folder: join(folder(t), 'none') });
  t.true((await lines.next()).done);
});
