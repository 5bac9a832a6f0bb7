import { setTimeout as pause } from 'node:timers/promises';
import { chance } from '../../chance.ts';
import type { Asked, Found, Part } from '../part.ts';
import { inParallel } from './in-parallel.ts';
import { judgeNext } from './inject.ts';
import { judgeEnd, judgeTable, type Verdict } from './judge.ts';
import { type Keep, keeper } from './keeper.ts';
import { makeNights, type Night, type Nights } from './nights.ts';
import { makeRoom } from './room.ts';
import { type Calibration, calibrate, KINDS, type Kind, kindOf, removeWatched, watch } from './stages.ts';

const ROWS = 20_000;
/** Publishing is where a mix could come from: its stages are meant more often. */
const MEANT: readonly Kind[] = [...KINDS, 'stage', 'merge', 'stage', 'merge'];

/** A run killed in a stage, some way into it. */
interface Kill {
  readonly night: Night;
  readonly calibration: Calibration;
  readonly stage: string;
  readonly fraction: number;
}

interface Killed {
  readonly night: string;
  /** Where it stood when it died. */
  readonly stage: string;
  readonly state: Verdict['state'];
  readonly wrong: readonly string[];
}

/** SIGKILL at random moments, spread over the stages of a load. */
export const killsPart: Part = {
  options: { kills: { type: 'string', default: '100' }, rows: { type: 'string', default: String(ROWS) }, keep: { type: 'string' } },
  async run(asked) {
    const rows = Number(asked.values['rows']);
    const nights = await makeNights({ rows, set: asked.set });
    try {
      if (nights.shim === null) return { wrong: 1, text: `Not run: ${nights.reason}.` };
      return await killAll(nights, { ...asked, kills: Number(asked.values['kills']), rows, keep: await keeper(asked.values['keep']) });
    } finally {
      await nights.remove();
    }
  },
};

/** How often and how what is killed. */
export interface Effort extends Pick<Asked, 'seed' | 'parallel' | 'say'> {
  readonly kills: number;
  readonly rows: number;
  readonly keep: Keep;
}

/** Kills so many runs, the nights in turn, and demands that the run after each puts all right. */
export async function killAll(nights: Nights, { kills, rows, seed, parallel, say, keep }: Effort): Promise<Found> {
  const random = chance(seed);
  const calibrations: Calibration[] = [];
  for (const night of nights.nights) calibrations.push(await calibrate(nights, night));
  const meant = Array.from({ length: kills }, (_, n): Kill => {
    const at = n % nights.nights.length;
    const calibration = calibrations[at] as Calibration;
    const kind = MEANT[Math.floor(n / nights.nights.length) % MEANT.length];
    const stages = calibration.stages.filter((stage) => kindOf(stage) === kind);
    const stage = stages[Math.floor(random() * stages.length)] ?? 'start';
    return { night: nights.nights[at] as Night, stage, fraction: random(), calibration };
  });
  let done = 0;
  const results = await inParallel(meant, parallel, async (kill, n) => {
    const killed = await keep(`kill ${n} of seed ${seed} in ${kill.stage}`, () => killOne(nights, kill));
    if (killed.wrong.length > 0) say(`${killed.night}, killed in ${killed.stage} (${killed.state}): ${killed.wrong.join('; ')}`);
    if (++done % 10 === 0) say(`${done} of ${kills}`);
    return killed;
  });
  return { wrong: results.filter(({ wrong }) => wrong.length > 0).length, text: table(results, rows) };
}

async function killOne(nights: Nights, { night, stage, fraction, calibration }: Kill): Promise<Killed> {
  const room = await makeRoom(nights.folder, night.before);
  try {
    const watched = watch(nights, { night, room, calibration });
    await watched.reaches(stage);
    await Promise.race([pause(fraction * (calibration.ms[stage] ?? 0)), watched.running.ended]);
    watched.running.kill('SIGKILL');
    const outcome = await watched.running.ended;
    const hit = watched.stage();
    const { state, wrong } = await judgeTable(room, night.known);
    const rest = await judgeNext({ nights }, night, room);
    return { night: night.name, stage: hit, state, wrong: [...wrong, ...judgeEnd(outcome, state, [0]), ...rest] };
  } finally {
    await removeWatched(room);
  }
}

function table(results: readonly Killed[], rows: number): string {
  const nights = [...new Set(results.map(({ night }) => night))];
  const isPublishing = ({ stage }: Killed) => ['stage', 'merge', 'commit'].includes(stage);
  const lines = nights.flatMap((night) =>
    KINDS.map((kind) => {
      const own = results.filter((it) => it.night === night && kindOf(it.stage) === kind);
      const counted = (['old', 'new', 'other'] as const).map((state) => own.filter((it) => it.state === state).length);
      return `| ${night} | ${kind} | ${own.length} | ${counted.join(' | ')} | ${own.filter(({ wrong }) => wrong.length > 0).length} |`;
    }),
  );
  return [
    `${results.length} times SIGKILL in loads of ${rows.toLocaleString('en')} customers, at a random moment in a stage, and a plain run after each. The stage is the one in which the run stood when it died; ${results.filter(isPublishing).length} died while they staged, merged or committed.`,
    '',
    '| load | killed in | kills | old | new | other | wrong |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: |',
    ...lines,
  ].join('\n');
}
