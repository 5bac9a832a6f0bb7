import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is measured of a kernel; times of a cell are medians. */
interface Figures {
  readonly readyMs: number;
  readonly firstResultMs: number;
  readonly cellMs: number;
  readonly beginningMs: number;
  readonly endMs: number;
  readonly bytes: number;
}

interface Peer {
  readonly name: string;
  readonly title: string;
  /** Null where it brings its own kernel spec. */
  readonly argv: readonly string[] | null;
  readonly cells: readonly [declare: string, assign: string];
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
const WORK = join(tmpdir(), 'daybook-bench', 'kernels');
const PYTHON = join(WORK, 'venv/bin/python');
const DENO = join(WORK, 'deno/node_modules/.bin/deno');
const CONNECTION = '{connection_file}';
const TYPESCRIPT = ['const q0: number = 0; q0', 'const q{i}: number = q{j} + 1; q{i}'] as const;
const MEGABYTE = 1e6;

const PEERS: readonly Peer[] = [
  { name: 'daybook', title: 'Daybook', argv: null, cells: TYPESCRIPT },
  {
    name: 'tslab-stock',
    title: 'tslab 1.0.22 as it comes',
    argv: [process.execPath, join(ROOT, 'node_modules/tslab/bin/tslab'), 'kernel', '--config-path', CONNECTION],
    cells: TYPESCRIPT,
  },
  { name: 'deno-peer', title: 'Deno', argv: [DENO, 'jupyter', '--kernel', '--conn', CONNECTION], cells: TYPESCRIPT },
  { name: 'python3', title: 'ipykernel', argv: null, cells: ['q0: int = 0\nq0', 'q{i}: int = q{j} + 1\nq{i}'] },
];

const say = (text: string): void => void process.stderr.write(`${text}\n`);

function run(command: string, ...words: string[]): void {
  const { status } = spawnSync(command, words, { stdio: ['ignore', 2, 2], cwd: ROOT });
  if (status !== 0) throw new Error(`${command} ${words.join(' ')} ended with ${status}.`);
}

/** Jupyter's client, ipykernel and Deno, each from its registry, once. */
function prepare(): void {
  mkdirSync(WORK, { recursive: true });
  if (!existsSync(PYTHON)) {
    run('python3', '-m', 'venv', join(WORK, 'venv'));
    run(PYTHON, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'jupyter_client', 'ipykernel');
  }
  if (!existsSync(DENO)) run('npm', 'install', '--no-audit', '--no-fund', '--prefix', join(WORK, 'deno'), 'deno');
  run(process.execPath, join(ROOT, 'dist/cli/main.js'), 'notebook', 'install', '--prefix', WORK);
  for (const { name, title, argv } of PEERS) {
    if (argv === null) continue;
    const folder = join(WORK, 'share/jupyter/kernels', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'kernel.json'), JSON.stringify({ argv, display_name: title, language: 'typescript' }));
  }
}

function figuresOf({ name, title, cells }: Peer): Figures | null {
  const env = { ...process.env, JUPYTER_PATH: join(WORK, 'share/jupyter') };
  const program = fileURLToPath(new URL('measure.py', import.meta.url));
  const { status, stdout } = spawnSync(PYTHON, [program, name, ...cells], {
    cwd: join(ROOT, 'notebooks'),
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 2],
  });
  if (status === 0) return JSON.parse(stdout) as Figures;
  say(`${title} failed.`);
  return null;
}

const ms = (value: number): string => value.toFixed(value < 100 ? 1 : 0);

/** `npm run bench:kernels`: all kernels in one run, one after another; prints a table for docs/reference/performance.md. */
prepare();
const lines = PEERS.map((peer) => {
  const figures = figuresOf(peer);
  if (!figures) return `| ${peer.title} | failed | | | | | |`;
  const { readyMs, firstResultMs, cellMs, beginningMs, endMs, bytes } = figures;
  return `| ${peer.title} | ${ms(readyMs)} | ${ms(firstResultMs)} | ${ms(cellMs)} | ${ms(beginningMs)} | ${ms(endMs)} | ${Math.round(bytes / MEGABYTE)} |`;
});
process.stdout.write(
  `| kernel | ready, ms | first result, ms | a trivial cell, ms | the first 20 of 200 cells, ms | the last 20, ms | memory, MB |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n${lines.join('\n')}\n\nNode ${process.version}, load average at the end ${(loadavg()[0] ?? 0).toFixed(1)}.\n`,
);
