import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import test, { type ExecutionContext } from 'ava';
import type { RunDocument } from '../../toolkit/run/index.ts';
import { SLOW } from '../slow.ts';

const start = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LOADER = 'tests/load-typescript.mjs';
const COPIED = ['toolkit', 'cli', 'data/samples', 'data/lookups', 'package.json', 'tsconfig.json', LOADER];
/** What `npm run types` found last: then only what the recipes change is checked, and what depends on it. */
const TYPES = 'dist/types.tsbuildinfo';
/** Without these the compiler takes its libraries for others than it found, and checks all anew. */
const AS_LINKED = ['--preserve-symlinks', '--preserve-symlinks-main'];

interface Block {
  readonly language: string;
  readonly path: string;
  readonly body: string;
}

/** The code blocks of a page whose first line names a file. */
function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```(ts|diff|csv)\n(?:\/\/|#) (\S+)\n([\s\S]*?)^```$/gm)].map(([, language = '', path = '', body = '']) => ({
    language,
    path,
    body,
  }));
}

/** A diff without line numbers: the lines that are not added must stand in the file once, and give way to those that are not removed. */
function edited(t: ExecutionContext, before: string, { path, body }: Block): string {
  const lines = body.split('\n').filter((line) => line !== '');
  const side = (sign: string) =>
    lines
      .filter((line) => !line.startsWith(sign))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  t.is(before.split(side('+')).length, 2, `the lines of the recipe stand once in ${path}`);
  return before.replace(side('+'), () => side('-'));
}

async function withRecipes(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'daybook-recipes-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  for (const name of COPIED) await cp(join(ROOT, name), join(folder, name), { recursive: true });
  if (existsSync(join(ROOT, TYPES))) await cp(join(ROOT, TYPES), join(folder, TYPES));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const block of blocksOf(await readFile(join(ROOT, 'docs/ARCHITECTURE.md'), 'utf8'))) {
    const file = join(folder, block.path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, block.language === 'diff' ? edited(t, await readFile(file, 'utf8'), block) : block.body);
  }
  return folder;
}

(SLOW ? test : test.skip)('the recipes of the architecture compile, and the run and the command do what the page says', async (t) => {
  t.timeout(300_000);
  const cwd = await withRecipes(t);
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('DAYBOOK_')));
  const node = async (...args: string[]) => (await start(process.execPath, args, { cwd, env, maxBuffer: 1 << 26 })).stdout;
  const daybook = (...args: string[]) => node(`--import=./${LOADER}`, '--conditions=daybook-source', 'cli/main.ts', ...args);

  t.is(await node(...AS_LINKED, 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--preserveSymlinks'), '');
  const { runId, status, rows, rules, load } = JSON.parse(await daybook('run', 'customer-360', '--json')) as RunDocument;
  t.is(status, 'succeeded');
  t.true('company.placeholder' in (rules['crm'] ?? {}));
  t.like(rows['returns'], { read: 3, accepted: 2, rejected: 1 });
  t.deepEqual(load['customer_returns'], { inserted: 1, updated: 0, unchanged: 0, deleted: 0 });
  t.is((await daybook('runs', 'last')).trim(), runId ?? '');
  t.regex(await node('node_modules/ava/entrypoints/cli.mjs', 'tests/toolkit/transform/postcode-area.test.ts'), /1 test passed/);
});
