import { setTimeout as pause } from 'node:timers/promises';
import { chance, sample } from '../../chance.ts';
import type { Asked, Found, Part } from '../part.ts';
import { type Hold, holdWarehouse } from './hold-warehouse.ts';
import { inParallel } from './in-parallel.ts';
import { judgeNext } from './inject.ts';
import { judgeEnd, judgeKept, judgeRest, judgeTable, type Verdict } from './judge.ts';
import { makeNights, type Night, type Nights } from './nights.ts';
import { type Ending, endingOf } from './patience.ts';
import { makeRoom, type Outcome, type Room } from './room.ts';
import { type Calibration, calibrate, removeWatched, type Watched, watch } from './stages.ts';

const ROWS = 20_000;
const MOST_MS = 2_000;
/** How a run is asked to stop. */
const ASKED = { 'Ctrl-C': ['SIGINT'], SIGTERM: ['SIGTERM'], 'Ctrl-C twice': ['SIGINT', 'SIGINT'], 'Ctrl-C, SIGTERM': ['SIGINT', 'SIGTERM'] } as const;
/** Beside the stages of an undisturbed run: it waits for another program, at its first look at the warehouse or with all that is to be merged. */
const WAITS: Readonly<Record<string, Hold>> = { 'wait at the look': 'exclusive for readers too', 'wait at the merge': 'begin immediate' };

interface Cancel {
  readonly night: Night;
  readonly calibration: Calibration;
  readonly stage: string;
  readonly asked: keyof typeof ASKED;
  readonly fraction: number;
}

interface Cancelled extends Ending {
  readonly night: string;
  /** Where it stood when it was asked. */
  readonly stage: string;
  /** cancelled · late: it had published already · unheard: Node itself had not begun to listen. */
  readonly end: 'cancelled' | 'late' | 'unheard';
  readonly state: Verdict['state'];
  readonly wrong: readonly string[];
}

/** Ctrl-C and SIGTERM in every stage of a load. */
export const cancelPart: Part = {
  options: { sample: { type: 'string' }, rows: { type: 'string', default: String(ROWS) } },
  async run(asked) {
    const nights = await makeNights({ rows: Number(asked.values['rows']), set: asked.set });
    try {
      if (nights.shim === null) return { wrong: 1, text: `Not run: ${nights.reason}.` };
      const size = asked.values['sample'] === undefined ? Number.POSITIVE_INFINITY : Number(asked.values['sample']);
      return await cancelAll(nights, { ...asked, sample: size, mostMs: MOST_MS });
    } finally {
      await nights.remove();
    }
  },
};

export interface Effort extends Pick<Asked, 'seed' | 'parallel' | 'say'> {
  /** How many of all cancels are tried. */
  readonly sample: number;
  /** How long a run that was asked to stop may go on. */
  readonly mostMs: number;
}

/** Asks runs to stop in every stage, and demands that they do so cleanly, and that the run after each succeeds. */
export async function cancelAll(nights: Nights, { sample: size, seed, parallel, say, mostMs }: Effort): Promise<Found> {
  const random = chance(seed);
  const all: Cancel[] = [];
  for (const night of nights.nights) {
    const calibration = await calibrate(nights, night);
    const stages = [...calibration.stages, ...(night.known.old === null ? [] : Object.keys(WAITS))];
    for (const stage of stages)
      for (const asked of Object.keys(ASKED)) all.push({ night, calibration, stage, asked: asked as Cancel['asked'], fraction: random() });
  }
  let done = 0;
  const meant = sample(all, size, random);
  const results = await inParallel(meant, parallel, async (cancel) => {
    const result = await cancelOne(nights, cancel, mostMs);
    if (result.wrong.length > 0)
      say(`${result.night}, ${cancel.asked} in ${result.stage} (${result.end}, ${result.state}): ${result.wrong.join('; ')}`);
    if (++done % 10 === 0) say(`${done} of ${meant.length}`);
    return result;
  });
  return { wrong: results.filter(({ wrong }) => wrong.length > 0).length, text: table(results) };
}

async function cancelOne(nights: Nights, cancel: Cancel, mostMs: number): Promise<Cancelled> {
  const { night, calibration, stage, asked } = cancel;
  const room = await makeRoom(nights.folder, night.before);
  const hold = WAITS[stage];
  const letGo = hold ? await holdWarehouse(room.warehouse, hold) : async () => {};
  try {
    const watched = watch(nights, { night, room, calibration, set: hold ? ['warehouse.busyTimeoutMs=600000'] : [] });
    await comesTo(watched, cancel);
    const hit = hold ? stage : watched.stage();
    for (const signal of ASKED[asked]) watched.running.kill(signal);
    const ending = await endingOf(watched.running);
    const outcome = await watched.running.ended;
    await letGo();
    const { state, wrong } = await judgeTable(room, night.known);
    const end = outcome.code === null && watched.calls() === '' ? 'unheard' : outcome.code === 0 ? 'late' : 'cancelled';
    const slow = ending.ownMs > mostMs ? [`it took ${Math.round(ending.wallMs)} ms to end`] : [];
    const own = await judgeCancelled(room, { outcome, end, state, stage: hit });
    const rest = await judgeNext({ nights }, night, room);
    return { night: night.name, stage: hit, end, state, ...ending, wrong: [...wrong, ...slow, ...own, ...rest] };
  } finally {
    await letGo();
    await removeWatched(room);
  }
}

/** Waits for the moment at which the run is asked to stop. */
async function comesTo(watched: Watched, { stage, fraction, calibration }: Cancel): Promise<void> {
  if (stage === 'wait at the look') return watched.until(() => watched.calls().includes('mkdir state/tmp/RUN '));
  await watched.reaches(stage === 'wait at the merge' ? 'merge' : stage);
  await Promise.race([pause(fraction * (calibration.ms[stage] ?? 0)), watched.running.ended]);
}

async function judgeCancelled(
  room: Room,
  { outcome, end, state, stage }: { outcome: Outcome; end: Cancelled['end']; state: Verdict['state']; stage: string },
): Promise<string[]> {
  if (end === 'unheard') return stage === 'start' && state === 'old' ? [] : ['it died of the signal'];
  const wrong = [...judgeEnd(outcome, state, [end === 'late' ? 0 : 130]), ...(await judgeKept(room, outcome)), ...(await judgeRest(room))];
  if (end === 'late') return ['commit', 'end'].includes(stage) ? wrong : [...wrong, `it was asked in ${stage}, and published`];
  if (outcome.code === null) wrong.push('it died of the signal');
  else if ((JSON.parse(outcome.stdout) as { status: string }).status !== 'cancelled') wrong.push('its document does not say cancelled');
  return state === 'old' ? wrong : [...wrong, 'it says that it was cancelled, and published'];
}

function table(results: readonly Cancelled[]): string {
  const groups = [...new Set(results.map(({ night, stage }) => `${night} | ${stage}`))];
  const most = (own: readonly Cancelled[], figure: (it: Cancelled) => number) => Math.round(Math.max(0, ...own.map(figure)));
  const lines = groups.map((group) => {
    const own = results.filter(({ night, stage }) => `${night} | ${stage}` === group);
    const counted = (['cancelled', 'late', 'unheard'] as const).map((end) => own.filter((it) => it.end === end).length);
    return `| ${group} | ${own.length} | ${counted.join(' | ')} | ${most(own, (it) => it.wallMs)} | ${own.filter(({ wrong }) => wrong.length > 0).length} |`;
  });
  return [
    `${results.length} times Ctrl-C, SIGTERM, or two signals at once, at a random moment in a stage, and a plain run after each. The longest way to the end took ${most(results, (it) => it.wallMs)} ms, and ${most(results, (it) => it.ownMs)} ms without the wait for a processor.`,
    'Late: it was asked when the tables were published already, and says so (0). Unheard: Node itself had not begun yet, and the signal ended it.',
    '',
    '| load | asked in | times | cancelled (130) | late (0) | unheard | longest ms | wrong |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...lines,
  ].join('\n');
}
