import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Night, Nights } from './nights.ts';
import { makeRoom, type Outcome, type Room, type Running, runArguments, start } from './room.ts';
import { shimEnvironment } from './shim.ts';

/** Kinds of stages, in order. Publishing is parted: compare with the table, stage the difference, merge it, commit; then what follows. */
export const KINDS = ['start', 'read', 'check', 'write rejects', 'steps', 'compare', 'stage', 'merge', 'commit', 'end'] as const;
export type Kind = (typeof KINDS)[number];

const PARTS_OF_PUBLISHING = ['compare', 'stage', 'merge', 'commit', 'end'];
const LOOK_MS = 1;

/** The kind of a stage: "read crm" is a read, "spend" a step. */
export const kindOf = (stage: string): Kind => KINDS.find((kind) => kind === stage || stage.startsWith(`${kind} `)) ?? 'steps';

/** A run whose stage can be seen from outside: by its log, and by the calls that the shim writes down. */
export interface Watched {
  readonly room: Room;
  readonly running: Running;
  /** Where it stands: `start`, a step by its name, or a part of publishing. */
  stage(): string;
  /** What it has done to the files of its room so far. */
  calls(): string;
  /** Resolves when something holds, or the run has ended. */
  until(holds: () => boolean): Promise<void>;
  /** Resolves when the run has come so far, or has ended. */
  reaches(stage: string): Promise<void>;
}

/** What is known of an undisturbed run: its stages in order, how long each takes, and how often it opens its staging file. */
export interface Calibration {
  readonly stages: readonly string[];
  /** Milliseconds. */
  readonly ms: Readonly<Record<string, number>>;
  /** The last time is the merge; no number of times for a first load, which merges nothing. */
  readonly opens: number;
}

/** What a run is watched with. */
export interface Watch {
  readonly night: Night;
  readonly room: Room;
  readonly calibration: Pick<Calibration, 'stages' | 'opens'>;
  readonly set?: readonly string[];
}

/** Starts a run of a night in a room, its stage in sight. @throws where there is no shim */
export function watch(nights: Nights, { night, room, calibration: { stages, opens }, set = [] }: Watch): Watched {
  if (nights.shim === null) throw new Error(nights.reason);
  const file = `${room.root}.calls`;
  const earlier = logOf(room).length;
  const words = runArguments(room, night.sources, [...nights.set, 'log.level=debug', ...set]);
  const running = start(words, { env: shimEnvironment(nights.shim, room.root, file, null) });
  let hasEnded = false;
  running.ended.then(() => {
    hasEnded = true;
  });
  const calls = () => textOf(file);
  const stage = () => stageOf(logOf(room).slice(earlier), calls(), opens);
  const until = async (holds: () => boolean) => {
    while (!hasEnded && !holds()) await pause(LOOK_MS);
  };
  return { room, running, stage, calls, until, reaches: (wanted) => until(() => stages.indexOf(stage()) >= stages.indexOf(wanted)) };
}

/** Removes the room of a watched run and what was written down of it. */
export async function removeWatched(room: Room): Promise<void> {
  for (const path of [room.root, `${room.root}.calls`]) await rm(path, { recursive: true, force: true });
}

/** The application log with its rotated files: their names, which begin with the time, are in order. */
function logOf({ state }: Room): string {
  const folder = join(state, 'logs');
  if (!existsSync(folder)) return '';
  const names = readdirSync(folder).filter((name) => name.startsWith('daybook.'));
  return names
    .sort()
    .map((name) => textOf(join(folder, name)))
    .join('');
}

const textOf = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const stepsIn = (log: string): string[] => [...log.matchAll(/"step started".*?"step":"([^"]*)"/g)].map((match) => match[1] ?? '');
const opensIn = (calls: string): number => calls.split('create state/tmp/RUN/staging.sqlite ').length - 1;

function stageOf(log: string, calls: string, opens: number): string {
  const step = stepsIn(log).at(-1) ?? 'start';
  if (step !== 'publish') return step;
  const opened = opensIn(calls);
  if (opened === 0) return 'compare';
  if (calls.includes('unlink state/tmp/RUN/staging.sqlite ')) return 'end';
  // A first load becomes the warehouse: its merge is a transaction in the staging file, with a journal.
  const isMerging = opened >= opens || calls.includes('create state/tmp/RUN/staging.sqlite-journal ');
  if (!isMerging) return 'stage';
  return /^fsync (?:warehouse\.sqlite-wal|state\/tmp\/RUN\/staging\.sqlite) /m.test(calls) ? 'commit' : 'merge';
}

const calibrated = new WeakMap<Night, Promise<Calibration>>();

/** Runs a night undisturbed, twice and once for all: which stages it has, how often it opens the staging file, and how long each takes. */
export function calibrate(nights: Nights, night: Night): Promise<Calibration> {
  const known = calibrated.get(night) ?? measure(nights, night);
  calibrated.set(night, known);
  return known;
}

async function measure(nights: Nights, night: Night): Promise<Calibration> {
  const room = () => makeRoom(nights.folder, night.before);
  const counted = watch(nights, { night, room: await room(), calibration: { stages: [], opens: Number.POSITIVE_INFINITY } });
  await demandSuccess(counted);
  const steps = stepsIn(logOf(counted.room)).filter((step, at, all) => step !== 'publish' && all.lastIndexOf(step) === at);
  const stages = ['start', ...steps, ...PARTS_OF_PUBLISHING];
  const opens = night.known.old === null ? Number.POSITIVE_INFINITY : opensIn(counted.calls());
  const timed = watch(nights, { night, room: await room(), calibration: { stages, opens } });
  const began = [performance.now()];
  for (const stage of stages.slice(1)) {
    await timed.reaches(stage);
    began.push(performance.now());
  }
  await demandSuccess(timed);
  began.push(performance.now());
  for (const it of [counted, timed]) await removeWatched(it.room);
  return { stages, opens, ms: Object.fromEntries(stages.map((stage, at) => [stage, (began[at + 1] ?? 0) - (began[at] ?? 0)])) };
}

async function demandSuccess({ running }: Watched): Promise<Outcome> {
  const outcome = await running.ended;
  if (outcome.code !== 0) throw new Error(`An undisturbed run ended with ${outcome.code}: ${outcome.stderr}`);
  return outcome;
}
