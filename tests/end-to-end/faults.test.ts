import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import sqlite3 from 'sqlite3';
import { acquireLock, openState } from '../../toolkit/state/index.ts';
import { daybook as inThisProcess, type Said } from '../cli/scene.ts';
import { daybook } from '../daybook-process.ts';
import { type Files, generated, RunFolder, SOURCES } from '../run-in-folder.ts';
import { isThreeLineError } from '../three-lines.ts';

const FILES: Files = generated(60, 3);
/** Further words of the command line, and what is to be undone afterwards. */
interface Prepared {
  readonly args?: readonly string[];
  readonly undo?: () => Promise<unknown>;
}
type Prepare = (folder: RunFolder) => Promise<Prepared> | Prepared;

let good: RunFolder;
test.before(async () => {
  good = await RunFolder.make(FILES);
  await good.run();
});
test.after.always(() => good.remove());

/** A folder with a good run behind it. */
async function afterGoodRun(work: (folder: RunFolder) => Promise<void>): Promise<void> {
  const folder = await good.copy();
  try {
    await work(folder);
  } finally {
    await folder.remove();
  }
}

const settings = (folder: RunFolder): string[] =>
  [
    ...SOURCES.map((source) => `sources.${source}=${join(folder.dir, 'in', folder.names.get(source) ?? '')}`),
    `warehouse.path=${folder.warehouse}`,
    `state.dir=${folder.state}`,
    'quality.gates=off',
  ].flatMap((it) => ['--set', it]);
const inFile = (folder: RunFolder, source: (typeof SOURCES)[number]): string => join(folder.dir, 'in', folder.names.get(source) ?? '');

const env = { COLUMNS: '200' };
/** Asks the command line here, which costs the start of no process. */
const here = (args: readonly string[]): Promise<Said> => inThisProcess(args, { env });
/** Asks it as a process of its own: where the system tells processes apart, and of the exit codes one. */
const apart = async (args: readonly string[]) => {
  const { code, stdout, stderr } = await daybook(args, { env });
  return { code, out: stdout, err: stderr };
};

/** Runs after a good run with something broken: exit code, three lines, and the published rows as they were. */
const failing = (ask: typeof here | typeof apart) =>
  test.macro(async (t, exit: number, code: string, prepare: Prepare) =>
    afterGoodRun(async (folder) => {
      const before = await folder.rows();
      const { args = [], undo } = await prepare(folder);
      const ended = await ask(['run', 'customer-360', '--as-of', '2026-01-01', ...settings(folder), ...args, '--json']);
      await undo?.();
      t.is(ended.code, exit, ended.err);
      const document = JSON.parse(ended.out) as { error: { code: string; remedy: string } | null; status: string };
      t.is(document.error?.code, code);
      t.not(document.error?.remedy ?? '', '');
      t.true(isThreeLineError(ended.err), ended.err);
      t.deepEqual(await folder.rows(), before);
    }),
  );
const fails = failing(here);
const failsApart = failing(apart);

const replace =
  (source: (typeof SOURCES)[number], bytes: string | Uint8Array): Prepare =>
  async (folder) => {
    await writeFile(inFile(folder, source), bytes);
    return {};
  };
const set =
  (...words: string[]): Prepare =>
  () => ({ args: words.flatMap((word) => ['--set', word]) });
const words =
  (...args: string[]): Prepare =>
  () => ({ args });
const CRM = 'customer_id,first_name,last_name,email,phone,postcode,company,registration_date,status';

test.serial('no such file: 66', failsApart, 66, 'source.not-found', async (folder) => {
  await rm(inFile(folder, 'support'));
  return {};
});
test.serial('a folder in a file’s place: 66', fails, 66, 'source.folder', async (folder) => {
  await rm(inFile(folder, 'crm'));
  await mkdir(inFile(folder, 'crm'));
  return {};
});
test.serial('a glob that matches nothing: 66', fails, 66, 'source.no-match', (folder) => ({
  args: ['--set', `sources.crm=${folder.dir}/in/none-*.csv`],
}));
test.serial('an empty CSV: 65', fails, 65, 'source.empty', replace('crm', ''));
test.serial('a missing column: 65', fails, 65, 'source.missing-column', replace('crm', `${CRM.replace(',phone', '')}\n`));
test.serial('a wrong delimiter: 65', fails, 65, 'source.missing-column', replace('crm', `${CRM.replaceAll(',', ';')}\n`));
test.serial('a needed column twice: 65', fails, 65, 'source.duplicate-column', replace('crm', `${CRM},email\n`));
test.serial(
  'a binary file: 65',
  fails,
  65,
  'source.binary',
  replace(
    'crm',
    Uint8Array.from({ length: 4096 }, (_, i) => (i * 37) % 251),
  ),
);
test.serial('UTF-16: 65', fails, 65, 'source.not-utf8', replace('crm', Buffer.from(`\ufeff${CRM}\n1,Ann\n`, 'utf16le')));
test.serial('Latin-1: 65', fails, 65, 'source.not-utf8', replace('crm', Buffer.from(`${CRM}\n1,Zoë,Lee,a@example.com,,,,,\n`, 'latin1')));
test.serial('a quote open at the end: 65', fails, 65, 'source.open-quote', replace('crm', `${CRM}\n1,Ann,"Lee,a@example.com,,,,,\n`));
test.serial('JSON that does not parse: 65', fails, 65, 'source.bad-json', replace('orders', '[{"order_id": 1},'));
test.serial('a feed without any object: 65', fails, 65, 'source.no-object', replace('orders', '1\n2\n'));
test.serial('a gate: 65', fails, 65, 'run.gate-failed', set('quality.gates=on', 'quality.perSource.crm.maxRejectedPercent=0'));
test.serial('an unknown flag: 64', fails, 64, 'usage.unknown-option', words('--dryrun'));
test.serial('an impossible date: 64', fails, 64, 'usage.impossible-date', words('--as-of', '2026-02-30'));
test.serial('--set without "=": 64', fails, 64, 'config.set-without-value', set('quality.gates'));
test.serial('an unknown key: 78', fails, 78, 'config.unknown-key', set('warehouse.pth=x'));
test.serial('an unknown environment: 78', fails, 78, 'config.unknown-environment', words('--env', 'productoin'));
test.serial('a value of the wrong type: 78', fails, 78, 'config.wrong-value', set('quality.minRows=many'));
test.serial('a fixed rule: 78', fails, 78, 'config.fixed-rule', set('rules.orders.amount.invalid=warn'));
test.serial('a warehouse folder that does not exist: 73', fails, 73, 'warehouse.folder-missing', (folder) => ({
  args: ['--set', `warehouse.path=${folder.dir}/none/w.sqlite`],
}));
test.serial('a warehouse that is no database: 74', fails, 74, 'warehouse.not-a-database', async (folder) => {
  await writeFile(join(folder.dir, 'text.sqlite'), 'this is a text and not a database. '.repeat(200));
  return { args: ['--set', `warehouse.path=${folder.dir}/text.sqlite`] };
});
test.serial('another run of the pipeline: 75', failsApart, 75, 'state.locked', async (folder) => {
  const lock = await acquireLock(await openState(folder.state), 'customer-360', { runId: '20260101T000000Z-abcdef', now: new Date() });
  return { undo: () => lock.release() };
});
test.serial('a warehouse locked by another program: 75', failsApart, 75, 'warehouse.locked', async (folder) => {
  const other = new sqlite3.Database(folder.warehouse);
  await new Promise<void>((resolve, reject) => other.exec('BEGIN IMMEDIATE', (fault) => (fault ? reject(fault) : resolve())));
  return { args: ['--set', 'warehouse.busyTimeoutMs=200'], undo: () => new Promise<void>((resolve) => other.close(() => resolve())) };
});
test.serial('a warehouse file without permission: 77', failsApart, 77, 'warehouse.not-permitted', async (folder) => {
  await chmod(folder.warehouse, 0o444);
  return {};
});

test.serial('an unknown pipeline: 64, with a suggestion', async (t) => {
  const ended = await apart(['run', 'custmer-360']);
  t.is(ended.code, 64);
  t.true(ended.err.includes('"customer-360"'), ended.err);
  t.true(isThreeLineError(ended.err), ended.err);
});

test.serial('a 5 MB field: the run goes on', async (t) =>
  afterGoodRun(async (folder) => {
    await writeFile(inFile(folder, 'crm'), `${CRM}\n1,Ann,Lee,a@example.com,,,"${'x'.repeat(5_000_000)}",2020-01-01,active\n`);
    const ended = await here(['run', 'customer-360', ...settings(folder), '--json']);
    t.is(ended.code, 0, ended.err);
    t.is((await folder.rows()).find((row) => row['customer_id'] === 1)?.['company']?.toString().length, 5_000_000);
  }),
);

test.serial('a record above limits.record is malformed and the run goes on', async (t) =>
  afterGoodRun(async (folder) => {
    await writeFile(
      inFile(folder, 'crm'),
      `${CRM}\n1,Ann,Lee,a@example.com,,,"${'x'.repeat(5_000)}",2020-01-01,active\n2,Bob,Ray,b@example.com,,,,,active\n`,
    );
    const ended = await here(['run', 'customer-360', ...settings(folder), '--set', 'limits.record=1000', '--json']);
    t.is(ended.code, 0, ended.err);
    const { rows } = JSON.parse(ended.out) as { rows: Record<string, { read: number; rejected: number }> };
    t.like(rows['crm'], { read: 2, rejected: 1 });
  }),
);
