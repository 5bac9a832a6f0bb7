import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Night, Nights } from './nights.ts';
import { makeRoom, type Outcome, type Room, type Running, runArguments, start } from './room.ts';
import { shimEnvironment } from './shim.ts';

/** Where a run can stand, in order. Publishing is parted: compare with the table, stage the difference, merge it, commit, and what follows. */
export const STAGES = ['start', 'read', 'check', 'write rejects', 'steps', 'compare', 'stage', 'merge', 'commit', 'end'] as const;
export type Stage = (typeof STAGES)[number];

const LOOK_MS = 1;

/** A run whose stage can be seen from outside: by its log, and by the calls that the shim writes down. */
export interface Watched {
  readonly room: Room;
  readonly running: Running;
  stage(): Stage;
  /** Resolves when the run has come so far, or has ended. */
  reaches(stage: Stage): Promise<void>;
}

/** How long each stage takes, in milliseconds, and how often an undisturbed run opens its staging file: the last time is the merge. */
export interface Calibration {
  readonly ms: Readonly<Record<Stage, number>>;
  readonly opens: number;
}

/** Starts a run of a night in a room, its stage in sight. */
export function watch(
  { nights, shim }: { readonly nights: Nights; readonly shim: string },
  { night, room, opens, set = [] }: { readonly night: Night; readonly room: Room; readonly opens: number; readonly set?: readonly string[] },
): Watched {
  const calls = `${room.root}.calls`;
  const log = join(room.state, 'logs/daybook.log');
  const earlier = textOf(log).length;
  const words = runArguments(room, night.sources, [...nights.set, 'log.level=debug', ...set]);
  const running = start([...nights.command.argv, ...words], shimEnvironment(shim, room.root, calls, null));
  const stage = () => stageOf(textOf(log).slice(earlier), textOf(calls), opens);
  let hasEnded = false;
  running.ended.then(() => {
    hasEnded = true;
  });
  const reaches = async (wanted: Stage) => {
    while (!hasEnded && STAGES.indexOf(stage()) < STAGES.indexOf(wanted)) await pause(LOOK_MS);
  };
  return { room, running, stage, reaches };
}

const textOf = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

const BY_STEP: readonly (readonly [begins: string, stage: Stage])[] = [
  ['read ', 'read'],
  ['check ', 'check'],
  ['write rejects', 'write rejects'],
];

function stageOf(log: string, calls: string, opens: number): Stage {
  const steps = [...log.matchAll(/"step started".*?"step":"([^"]*)"/g)].map((match) => match[1] ?? '');
  const step = steps.at(-1);
  if (step === undefined) return 'start';
  if (step !== 'publish') return BY_STEP.find(([begins]) => step.startsWith(begins))?.[1] ?? 'steps';
  const opened = calls.split('create state/tmp/RUN/staging.sqlite ').length - 1;
  if (calls.includes('unlink state/tmp/RUN/staging.sqlite') && opened >= opens) return 'end';
  if (opened === 0) return 'compare';
  if (opened < opens) return 'stage';
  const merging = calls.slice(calls.indexOf(`create state/tmp/RUN/staging.sqlite ${opens}`));
  return /fsync warehouse\.sqlite-/.test(merging) ? 'commit' : 'merge';
}

/** Runs a night undisturbed, twice: how often it opens the staging file, and how long it is in each stage. */
export async function calibrate(place: { readonly nights: Nights; readonly shim: string }, night: Night): Promise<Calibration> {
  const counted = watch(place, { night, room: await makeRoom(place.nights.folder, night.before), opens: Number.POSITIVE_INFINITY });
  await demandSuccess(counted);
  const opens = textOf(`${counted.room.root}.calls`).split('create state/tmp/RUN/staging.sqlite ').length - 1;
  const timed = watch(place, { night, room: await makeRoom(place.nights.folder, night.before), opens });
  const began = [performance.now()];
  for (const stage of STAGES.slice(1)) {
    await timed.reaches(stage);
    began.push(performance.now());
  }
  await demandSuccess(timed);
  began.push(performance.now());
  const ms = Object.fromEntries(STAGES.map((stage, at) => [stage, (began[at + 1] ?? 0) - (began[at] ?? 0)])) as Record<Stage, number>;
  return { ms, opens };
}

async function demandSuccess({ running }: Watched): Promise<Outcome> {
  const outcome = await running.ended;
  if (outcome.code !== 0) throw new Error(`An undisturbed run ended with ${outcome.code}: ${outcome.stderr}`);
  return outcome;
}
