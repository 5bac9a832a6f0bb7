import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import test from 'ava';
import { builtCommand } from '../built-command.ts';
import { daybook, folder, placeIn, ROOT } from './scene.ts';

const [NODE = '', ...MAIN] = builtCommand();
const env = { ...process.env, NO_COLOR: '1', LANG: 'C.UTF-8' };
const start = (args: readonly string[], more: Record<string, string> = {}) =>
  spawn(NODE, [...MAIN, ...args], { cwd: ROOT, env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] });

const ends = test.macro((t, args: readonly string[], status: number) => {
  const ended = spawnSync(NODE, [...MAIN, ...args], { cwd: ROOT, env, encoding: 'utf8' });
  t.is(ended.status, status, ended.stderr);
});
test.serial('the process ends with 0', ends, ['--version'], 0);
test.serial('the process ends with the code of a usage error', ends, ['nope'], 64);

test.serial('a native module that does not load is three lines and 69', (t) => {
  const breaks = join(sources, 'break.cjs');
  writeFileSync(
    breaks,
    `require('module')._extensions['.node'] = (_, file) => { throw Object.assign(new Error(file + ': file too short'), { code: 'ERR_DLOPEN_FAILED' }); };`,
  );
  for (const words of [['status'], ['run', 'customer-360']]) {
    const { status, stderr } = spawnSync(NODE, ['--require', breaks, ...MAIN, ...words], { cwd: ROOT, env, encoding: 'utf8' });
    t.is(status, 69, stderr);
    t.regex(
      stderr,
      /^The package "(sqlite3|@duckdb\/node-bindings-[^"]+)" cannot be loaded\.\n.*node_modules.*\nFix: Run `npm ci` again on this machine;.*\n$/,
    );
  }
});

test.serial('a pipeline in a folder of CommonJS is refused with the remedy', (t) => {
  const project = folder(t);
  mkdirSync(join(project, 'pipelines/p'), { recursive: true });
  mkdirSync(join(project, 'node_modules'));
  symlinkSync(ROOT, join(project, 'node_modules/daybook'));
  writeFileSync(join(project, 'package.json'), '{ "type": "commonjs", "daybook": { "pipelines": "pipelines" } }');
  writeFileSync(join(project, 'pipelines/p/other.ts'), 'export const other = 1;');
  writeFileSync(
    join(project, 'pipelines/p/pipeline.ts'),
    `import { pipeline } from 'daybook';\nimport { other } from './other.ts';\nexport default pipeline(String(other), {} as never);\n`,
  );
  const { stderr } = spawnSync(NODE, [...MAIN, 'run', 'p'], { cwd: project, env, encoding: 'utf8' });
  t.regex(
    stderr,
    /^The pipeline does not load: its folder is one of CommonJS\.\n.*pipelines\/p\/pipeline\.ts\nFix: Add `"type": "module"` to the package\.json above it\.\n$/,
  );
});

test.serial('the help loads neither zod nor anything of the toolkit but the errors', (t) => {
  const ended = spawnSync(NODE, [...MAIN, '--help'], { cwd: ROOT, env: { ...env, NODE_DEBUG: 'esm' }, encoding: 'utf8', maxBuffer: 1e9 });
  t.is(ended.status, 0);
  t.regex(ended.stderr, /toolkit\/errors/);
  t.notRegex(ended.stderr, /node_modules\/(zod|ink|react|@duckdb)|toolkit\/(run|config|frame|state)\/(?!document|events)/);
});

const sources = mkdtempSync(join(tmpdir(), 'daybook-cli-'));
test.before(() => daybook(['generate', 'customer-360', '--rows', '20000', '--out', sources]));
test.after.always(() => rmSync(sources, { recursive: true }));

/** A run that takes long enough to be seen and stopped on its way. */
const big = (t: Parameters<typeof folder>[0]) => {
  const path = folder(t);
  const set = ['crm.csv', 'orders.ndjson', 'support.csv'].flatMap((file) => ['--set', `sources.${file.split('.')[0] ?? ''}=${join(sources, file)}`]);
  return { path, args: ['run', 'customer-360', ...placeIn(path), ...set] };
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test.serial(`${signal} stops a run cleanly: 130, a document, nothing published`, async (t) => {
    const { path, args } = big(t);
    const child = start([...args, '--json', '--set', 'log.level=debug']);
    let out = '';
    child.stdout.on('data', (part: Buffer) => void (out += part.toString()));
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    // Its first notice says that the run is on its way.
    await new Promise((resolve) => child.stderr.once('data', resolve));
    child.kill(signal);
    t.is(await ended, 130);
    t.like(JSON.parse(out), { status: 'cancelled', load: {}, error: { code: 'run.cancelled' } });
    t.is((JSON.parse((await daybook(['runs', 'list', '--json', ...placeIn(path)])).out) as { status: string }[])[0]?.status, 'cancelled');
  });
}

test.serial('a reader that goes away is no crash', async (t) => {
  const path = folder(t);
  await daybook(['validate', 'customer-360', ...placeIn(path)]);
  const ended = spawnSync(
    'bash',
    ['-c', `set -o pipefail; "$0" "$@" | head -1`, NODE, ...MAIN, 'rejects', 'export', '--format', 'ndjson', ...placeIn(path)],
    { cwd: ROOT, env, encoding: 'utf8' },
  );
  t.is(ended.status, 0, ended.stderr);
  t.is(ended.stdout.split('\n').length, 2);
  t.is(ended.stderr, '');
});

test.serial('a bug is one line on the screen, its stack in the log', async (t) => {
  const path = folder(t);
  await daybook(['validate', 'customer-360', ...placeIn(path)]);
  const script = `
    const { runCli } = await import(${JSON.stringify(join(ROOT, 'dist/cli/run-cli.js'))});
    const { realEffects } = await import(${JSON.stringify(join(ROOT, 'dist/cli/real-effects.js'))});
    let isFirst = true;
    const now = () => { if (!isFirst) return new Date(); isFirst = false; throw new RangeError('ann@example.com'); };
    const effects = { ...realEffects(new AbortController().signal), now };
    process.exit(await runCli(['logs', '--since', '1h'], effects));`;
  const ended = spawnSync(NODE, ['--input-type=module', '-e', script], {
    cwd: ROOT,
    env: { ...env, DAYBOOK_STATE__DIR: join(path, 'state') },
    encoding: 'utf8',
  });
  t.is(ended.status, 1, ended.stderr);
  t.is(ended.stderr.trimEnd().split('\n').length, 1);
  t.notRegex(ended.stderr, /ann@/);
  const { out } = await daybook(['logs', '--level', 'error', '--json', ...placeIn(path)]);
  t.regex(out, /RangeError[\s\S]*at .*run-cli/);
  t.notRegex(out, /ann@/);
});

const hasTmux = spawnSync('tmux', ['-V']).status === 0;
const onTerminal = hasTmux ? test.serial : test.serial.skip;

for (const columns of [80, 40]) {
  onTerminal(`on a terminal of ${columns} columns a run shows its steps, then its summary alone`, async (t) => {
    const { args } = big(t);
    const socket = `daybook-${process.pid}-${columns}`;
    const tmux = (...words: string[]) => execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...words], { encoding: 'utf8' });
    tmux('new-session', '-d', '-x', String(columns), '-y', '40', 'sh');
    t.teardown(() => tmux('kill-server'));
    const quoted = [NODE, ...MAIN, ...args].map((word) => `'${word}'`).join(' ');
    tmux('send-keys', `cd ${ROOT}; clear; env -u CI LANG=C.UTF-8 ${quoted}; echo ended-$?`, 'Enter');
    const until = async (test: RegExp) => {
      for (let left = 600; left > 0; left--) {
        const screen = tmux('capture-pane', '-p', '-J', '-S', '-200');
        if (test.test(screen)) return screen;
        await pause(50);
      }
      return tmux('capture-pane', '-p', '-J', '-S', '-200');
    };
    t.regex(await until(/[✔●] read crm/), /Running customer-360 · development[\s\S]*[✔●] read crm/);
    const screen = await until(/ended-\d/);
    t.regex(screen, /✔ customer-360 is published/);
    t.regex(screen, /ended-0/);
    t.notRegex(screen, /Running customer-360/);
  });
}
