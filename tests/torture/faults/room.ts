import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Files, ROOT, SOURCES } from '../../run-in-folder.ts';

/** What a run is given longer than this for is a hang. */
export const MOST_MS = 300_000;

/** The command under test: the built one for the whole torture, the source for the sample in the tests. */
export interface Command {
  /** As a process of its own: a run's words are added. */
  readonly argv: readonly string[];
  /** What Node needs to load it. */
  readonly flags: readonly string[];
  /** The module with `runCli`. */
  readonly runCli: string;
}

export const TSX = ['--import', join(ROOT, 'node_modules/tsx/dist/loader.mjs')] as const;
const FROM_SOURCE = '--conditions=daybook-source';
export const BUILT: Command = { argv: [process.execPath, join(ROOT, 'dist/cli/main.js')], flags: [], runCli: join(ROOT, 'dist/cli/run-cli.js') };
export const SOURCE: Command = {
  argv: [process.execPath, ...TSX, FROM_SOURCE, join(ROOT, 'cli/main.ts')],
  flags: [FROM_SOURCE],
  runCli: join(ROOT, 'cli/run-cli.ts'),
};

/** A folder of source files. */
export type Sources = Readonly<Record<(typeof SOURCES)[number], string>>;

/** A folder that holds a state folder and a warehouse, and nothing else. */
export interface Room {
  readonly root: string;
  readonly warehouse: string;
  readonly state: string;
}

/** How a run ended. */
export interface Outcome {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Killed by us because it did not end. */
  readonly isHung: boolean;
}

export interface Running {
  readonly pid: number;
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the first words on stderr, or the end. */
  readonly firstWords: Promise<unknown>;
  readonly ended: Promise<Outcome>;
}

/** Writes source files into a folder of their own. */
export async function sourcesIn(folder: string, files: Files): Promise<Sources> {
  await mkdir(folder, { recursive: true });
  for (const source of SOURCES) await writeFile(join(folder, files[source].name), files[source].bytes);
  return Object.fromEntries(SOURCES.map((source) => [source, join(folder, files[source].name)])) as Record<keyof Sources, string>;
}

/** A new room in a folder: empty, or a copy of another. */
export async function makeRoom(folder: string, from?: Room): Promise<Room> {
  const root = await mkdtemp(join(folder, 'room-'));
  if (from) await cp(from.root, root, { recursive: true, preserveTimestamps: true });
  return { root, warehouse: join(root, 'warehouse.sqlite'), state: join(root, 'state') };
}

/** The words of a run's command line after the program. */
export const runArguments = (room: Room, sources: Sources, set: readonly string[] = []): string[] => [
  'run',
  'customer-360',
  '--json',
  '--as-of',
  '2026-01-01',
  ...[
    ...SOURCES.map((source) => `sources.${source}=${sources[source]}`),
    `warehouse.path=${room.warehouse}`,
    `state.dir=${room.state}`,
    'quality.gates=off',
    'onMissing=flag',
    ...set,
  ].flatMap((it) => ['--set', it]),
];

/** The product refuses variables that begin with its name and that it does not know. */
export const plainEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('DAYBOOK_')));

/** Starts a command, its words on both papers kept. */
export function start(command: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { cwd: ROOT, env: { ...plainEnvironment(), COLUMNS: '200', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  let isHung = false;
  const timer = setTimeout(() => {
    isHung = true;
    child.kill('SIGKILL');
  }, MOST_MS);
  const ended = once(child, 'close').then(([code]): Outcome => {
    clearTimeout(timer);
    return { code: code as number | null, ...said, isHung };
  });
  return { pid: child.pid ?? 0, kill: (signal) => child.kill(signal), firstWords: Promise.race([once(child.stderr, 'data'), ended]), ended };
}
