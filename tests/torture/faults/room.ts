import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtCommand } from '../../built-command.ts';
import { type Files, ROOT, SOURCES } from '../../run-in-folder.ts';

/** What a run is given longer than this for is a hang. */
export const MOST_MS = 1_200_000;

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

/** The ids of a room's runs. */
export const runsIn = ({ state }: Room): Promise<string[]> => readdir(join(state, 'runs')).catch(() => []);

/** The words of a run's command line after the program. */
export const runArguments = (room: Room, sources: Sources, set: readonly string[] = [], pipeline = 'customer-360'): string[] => [
  'run',
  pipeline,
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

interface Setting {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly under?: readonly string[];
}

/** Starts the command as people have it, compiled; its words on both papers are kept. `under` is what it is run by, as strace. */
export function start(words: readonly string[], { env = {}, cwd = ROOT, under = [] }: Setting = {}): Running {
  const [program = '', ...args] = [...under, ...builtCommand(), ...words];
  const child = spawn(program, args, { cwd, env: { ...plainEnvironment(), COLUMNS: '200', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
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
  return { pid: child.pid ?? 0, kill: (signal) => child.kill(signal), ended };
}
