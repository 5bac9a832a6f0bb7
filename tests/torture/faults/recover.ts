import { rm } from 'node:fs/promises';
import { inParallel } from './in-parallel.ts';
import { injectionsOf, judgeNext, type Place, shimmedRun } from './inject.ts';
import { judgeEnd, judgeTable } from './judge.ts';
import type { Keep } from './keeper.ts';
import type { Night } from './nights.ts';
import { makeRoom } from './room.ts';
import type { Fault, Injection } from './shim.ts';

export interface Recovered {
  readonly what: string;
  readonly wrong: readonly string[];
}

interface Point {
  readonly night: Night;
  readonly first: Injection;
  /** Where in the next run the second fault comes, as a part of its calls. */
  readonly at: number;
  readonly fault: Fault;
}

const SECOND: readonly Fault[] = ['KILL', 'EIO', 'ENOSPC', 'KILL'];

/** Kills a run at a seeded call, lets the next one meet a fault at a seeded call too, and demands that the one after that puts all right. */
export async function recover(
  place: Place,
  { count, random, parallel, keep }: { readonly count: number; readonly random: () => number; readonly parallel: number; readonly keep: Keep },
): Promise<Recovered[]> {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const points: Point[] = [];
  for (const night of place.nights.nights) {
    const kills = (await injectionsOf(place, night)).filter(({ fault }) => fault === 'KILL');
    // Late kills leave more to be put right.
    const late = kills.slice(Math.floor(kills.length / 3));
    for (let n = 0; n < count / place.nights.nights.length; n++) points.push({ night, first: pick(late), at: random(), fault: pick(SECOND) });
  }
  return inParallel(points, parallel, (point, n) => keep(`recovery ${n} at ${point.at}`, () => recoverAt(place, point)));
}

async function recoverAt(place: Place, { night, first, at, fault }: Point): Promise<Recovered> {
  const room = await makeRoom(place.nights.folder, night.before);
  try {
    await shimmedRun(place, night, room, first);
    const { state: before } = await judgeTable(room, night.known);
    const copy = await makeRoom(place.nights.folder, room);
    const { calls } = await shimmedRun(place, night, copy, null);
    await rm(copy.root, { recursive: true });
    const call = calls[Math.floor(at * calls.length)] ?? '';
    const outcome = await shimmedRun(place, night, room, { call, fault });
    const { state, wrong } = await judgeTable(room, night.known);
    const what = `${night.name}, killed at ${first.call}, then ${fault} at ${call} (${outcome.code}, ${state})`;
    return { what, wrong: [...wrong, ...judgeEnd(outcome, state, [0, 74], before), ...(await judgeNext(place, night, room))] };
  } finally {
    await rm(room.root, { recursive: true, force: true });
  }
}
