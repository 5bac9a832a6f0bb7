import { readFile, rm } from 'node:fs/promises';
import { judgeEnd, judgeKept, judgeRest, judgeTable, traceOf, type Verdict } from './judge.ts';
import type { Night, Nights } from './nights.ts';
import { makeRoom, type Outcome, type Room } from './room.ts';
import type { Fault, Injection } from './shim.ts';

/** Where faults can be injected. */
export interface Place {
  readonly nights: Nights;
  /** What rooms looked like from which a plain run has put everything right: it need not be done twice. */
  readonly mended: Set<string>;
}

/** What came of one injected fault. */
export interface Injected extends Injection {
  readonly night: string;
  readonly state: Verdict['state'];
  /** Null where a signal ended the run. */
  readonly code: number | null;
  /** False where the run did not make the call this time. */
  readonly isMet: boolean;
  /** Whether a plain run was done afterwards; false where one had gone right after the same. */
  readonly isFollowed: boolean;
  readonly wrong: readonly string[];
}

/** A disk that fails is 74; a run that can do without the call succeeds. */
const CODES: readonly number[] = [0, 74];
const FAULTS: readonly Fault[] = ['ENOSPC', 'EIO', 'KILL'];
const MOST_WRITES = 200;

/** A run in a room with the shim before it; gives the calls it made too. */
let records = 0;

export async function shimmedRun(
  { nights }: Pick<Place, 'nights'>,
  night: Night,
  room: Room,
  injection: Injection | null,
): Promise<Outcome & { calls: string[] }> {
  const log = `${room.root}.calls-${(records += 1)}`;
  const outcome = await nights.run(room, night.sources, { root: room.root, log, injection });
  const calls = (await readFile(log, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
  await rm(log, { force: true });
  return { ...outcome, calls };
}

/** Every fault to inject into a night: each call that an undisturbed run makes, and each way in which it can go wrong. */
export async function injectionsOf(place: Place, night: Night): Promise<Injection[]> {
  const room = await makeRoom(place.nights.folder, night.before);
  const { code, calls, stderr } = await shimmedRun(place, night, room, null);
  await rm(room.root, { recursive: true });
  if (code !== 0) throw new Error(`The run that lists the calls ended with ${code}: ${stderr}`);
  return injectable(calls).flatMap((call) => {
    const faults = isEdge(call, calls) ? [...FAULTS, 'FULL' as const] : FAULTS;
    return faults.map((fault) => ({ call, fault }));
  });
}

/** All calls, but of the writes at most so many, and of those to a log, which are all alike, the first and the last of each file. */
function injectable(calls: readonly string[]): string[] {
  const chosen = calls.filter((call) => !/^write state\/logs\//.test(call) || isEdge(call, calls));
  const writes = chosen.filter((call) => call.startsWith('write '));
  const late = new Set(writes.slice(MOST_WRITES));
  return chosen.filter((call) => !late.has(call));
}

/** Whether a call is the first or the last write to its file. */
function isEdge(call: string, calls: readonly string[]): boolean {
  if (!call.startsWith('write ')) return false;
  const file = call.slice(0, call.lastIndexOf(' ') + 1);
  const writes = calls.filter((it) => it.startsWith(file));
  return call === writes[0] || call === writes.at(-1);
}

/** One run with a fault, judged; then a plain run, which must put everything right. */
export async function inject(place: Place, night: Night, injection: Injection): Promise<Injected> {
  const room = await makeRoom(place.nights.folder, night.before);
  try {
    const outcome = await shimmedRun(place, night, room, injection);
    const isMet = outcome.calls.includes(`${injection.call} *`);
    const { state, wrong } = await judgeTable(room, night.known);
    const trace = outcome.code === null ? null : `${night.name}\n${await traceOf(room, state)}`;
    const isFollowed = trace === null || !place.mended.has(trace);
    const rest = [...(await judgeKept(room, outcome)), ...(isFollowed ? await judgeNext(place, night, room) : [])];
    if (trace !== null && rest.length === 0) place.mended.add(trace);
    const met = isMet && injection.fault === 'KILL' && outcome.code !== null ? ['it was to be killed, and was not'] : [];
    return {
      ...injection,
      night: night.name,
      state,
      code: outcome.code,
      isMet,
      isFollowed,
      wrong: [...wrong, ...met, ...judgeEnd(outcome, state, CODES), ...rest],
    };
  } finally {
    await rm(room.root, { recursive: true, force: true });
  }
}

/** The next plain run: it succeeds, publishes the new content and leaves nothing lying about. */
export async function judgeNext({ nights }: Pick<Place, 'nights'>, night: Night, room: Room): Promise<string[]> {
  const next = await nights.run(room, night.sources, null);
  const { state, wrong } = await judgeTable(room, night.known);
  const found = [...wrong, ...judgeEnd(next, state, [0]), ...(await judgeRest(room))];
  return found.map((it) => `next run: ${it}`);
}
