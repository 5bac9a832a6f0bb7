import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { DaybookError } from '../../../toolkit/errors/index.ts';
import { readLog } from '../../../toolkit/observe/index.ts';
import { TYPESCRIPT } from '../../typescript-child.ts';
import { folder, keeper, linesIn, open } from './log-folder.ts';

test('a line has its head and flat fields', async (t) => {
  const at = folder(t);
  const log = await open(at);
  log
    .forRun({ runId: 'r1', pipeline: 'shop' })
    .warn('unknown columns', { source: 'crm', columns: ['fax', 'pager'], rows: { read: 3 }, gone: undefined, level: 'x' });
  await log.close();
  t.deepEqual(linesIn(at, 'daybook.log') as unknown, [
    {
      ts: '2026-11-24T15:33:29.000Z',
      level: 'warn',
      channel: 'app',
      runId: 'r1',
      pipeline: 'shop',
      message: 'unknown columns',
      source: 'crm',
      columns: 'fax, pager',
      'rows.read': 3,
      _level: 'x',
    },
  ]);
});

test('the level holds for the application log alone', async (t) => {
  const at = folder(t);
  const log = await open(at, { level: 'error' });
  log.info('no');
  log.error('yes');
  log.audit('who');
  log.performance('how long');
  await log.close();
  t.deepEqual(
    ['daybook.log', 'audit.log', 'performance.log'].flatMap((name) => linesIn(at, name).map(({ message }) => message)),
    ['yes', 'who', 'how long'],
  );
});

test('the files are for their owner alone, the rotated ones too', async (t) => {
  const at = folder(t);
  const log = await open(at, { maxFileBytes: 200 });
  for (let n = 0; n < 20; n++) log.info(`line ${n}`);
  await log.close();
  const names = readdirSync(at);
  t.true(names.length > 5, names.join());
  for (const name of names) t.is(statSync(join(at, name)).mode & 0o777, 0o600, name);
});

test('rotation loses nothing, and the lines come back in order', async (t) => {
  const at = folder(t);
  let ms = Date.parse('2026-11-24T15:33:29Z');
  const log = await open(at, { maxFileBytes: 500, now: () => new Date((ms += 1)) });
  for (let n = 0; n < 60; n++) (n % 3 === 0 ? log.audit : log.info)(`line ${n}`);
  await log.close();
  const messages: string[] = [];
  for await (const { message } of readLog({ folder: at })) messages.push(message);
  t.deepEqual(
    messages,
    Array.from({ length: 60 }, (_, n) => `line ${n}`),
  );
});

test('a log of yesterday is rotated when it is opened', async (t) => {
  const at = folder(t);
  writeFileSync(join(at, 'daybook.log'), '{}\n');
  utimesSync(join(at, 'daybook.log'), new Date('2026-01-01'), new Date('2026-01-01'));
  const log = await open(at);
  log.info('today');
  await log.close();
  t.is(linesIn(at, 'daybook.log').length, 1);
  t.is(readdirSync(at).filter((name) => name.startsWith('daybook.')).length, 2);
});

test('rotated files beyond their retention are gone when the log is opened', async (t) => {
  const at = folder(t);
  writeFileSync(join(at, 'daybook.20260101T000000Z-1-1.log'), '');
  await (await open(at)).close();
  t.false(existsSync(join(at, 'daybook.20260101T000000Z-1-1.log')));
});

test('two logs may write to one folder', async (t) => {
  const at = folder(t);
  const logs = await Promise.all([open(at, { maxFileBytes: 300 }), open(at, { maxFileBytes: 300 })]);
  for (let n = 0; n < 20; n++) for (const log of logs) log.info(`line ${n}`);
  await Promise.all(logs.map((log) => log.close()));
  let lines = 0;
  for await (const { level } of readLog({ folder: at })) lines += Number(level === 'info');
  t.is(lines, 40);
});

test('processes that rotate one log under each other lose no line and write none twice', async (t) => {
  const at = folder(t);
  const script = new URL('write-log.ts', import.meta.url).pathname;
  const children = [1, 2, 3].map(() => spawn(process.execPath, [...TYPESCRIPT, script, at, '100'], { stdio: ['ignore', 'inherit', 'inherit'] }));
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0] as number));
  t.deepEqual(codes, [0, 0, 0]);
  const messages: string[] = [];
  for await (const { message } of readLog({ folder: at })) messages.push(message);
  t.is(messages.length, 300);
  t.is(new Set(messages).size, 300);
});

test('a person sees application lines where asked, and nothing else', async (t) => {
  const kept = keeper();
  const log = await open(folder(t), { pretty: true, stream: kept.stream, level: 'info', personalFields: ['name'] });
  log.debug('no');
  log.info('source read', { source: 'crm', name: 'Ann', file: 'a b.csv' });
  log.audit('no');
  await log.close();
  t.is(kept.text(), '15:33:29 INFO  source read source=crm name=••• file="a b.csv"\n');
});

test('nobody sees anything unless asked', async (t) => {
  const kept = keeper();
  const log = await open(folder(t), { stream: kept.stream });
  log.error('x');
  await log.close();
  t.is(kept.text(), '');
});

test('a folder that cannot be written is named at once', async (t) => {
  const at = folder(t);
  mkdirSync(join(at, 'daybook.log'));
  const fault = await t.throwsAsync(open(at));
  t.true(fault instanceof DaybookError);
  t.like(fault, { exit: 73 });
});

test('a log that breaks tells it once and breaks nothing', async (t) => {
  const at = folder(t);
  const faults: unknown[] = [];
  const log = await open(at, { maxFileBytes: 10, onFault: (fault) => faults.push(fault) });
  rmSync(at, { recursive: true });
  writeFileSync(at, '');
  for (let n = 0; n < 5; n++) log.info('x');
  await log.close();
  log.info('after');
  t.true(faults.length >= 1);
  t.true(faults.every((fault) => fault instanceof DaybookError));
});
