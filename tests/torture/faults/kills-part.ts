import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { chance } from '../../chance.ts';
import type { Part } from '../part.ts';
import { inParallel } from './in-parallel.ts';
import { judgeNext } from './inject.ts';
import { judgeEnd, judgeTable, type Verdict } from './judge.ts';
import { makeNights, type Night } from './nights.ts';
import { BUILT, makeRoom } from './room.ts';
import { type Calibration, calibrate, STAGES, type Stage, watch } from './stages.ts';

const ROWS = 20_000;

/** A run killed in a stage, some way into it. */
interface Kill {
  readonly night: Night;
  readonly calibration: Calibration;
  readonly stage: Stage;
  readonly fraction: number;
}

interface Killed {
  readonly night: string;
  /** Where it stood when it died. */
  readonly stage: Stage;
  readonly state: Verdict['state'];
  readonly wrong: readonly string[];
}

/** SIGKILL at random moments, evenly over the stages of a load. */
export const killsPart: Part = {
  options: { kills: { type: 'string', default: '100' }, rows: { type: 'string', default: String(ROWS) } },
  async run({ seed, parallel, set, values, say }) {
    const rows = Number(values['rows']);
    const nights = await makeNights({ rows, command: BUILT, set });
    try {
      if (nights.shim === null) return { wrong: 1, text: `Not run: ${nights.reason}.` };
      const place = { nights, shim: nights.shim };
      const random = chance(seed);
      const calibrations = new Map<Night, Calibration>();
      for (const night of nights.nights) calibrations.set(night, await calibrate(place, night));
      const kills = Array.from({ length: Number(values['kills']) }, (_, n): Kill => {
        const night = nights.nights[n % nights.nights.length] as Night;
        const stage = STAGES[Math.floor(n / nights.nights.length) % STAGES.length] as Stage;
        return { night, stage, fraction: random(), calibration: calibrations.get(night) as Calibration };
      });
      let done = 0;
      const results = await inParallel(kills, parallel, async (kill) => {
        const killed = await killOne(place, kill);
        if (killed.wrong.length > 0) say(`${killed.night}, killed in ${killed.stage} (${killed.state}): ${killed.wrong.join('; ')}`);
        if (++done % 10 === 0) say(`${done} of ${kills.length}`);
        return killed;
      });
      return { wrong: results.filter(({ wrong }) => wrong.length > 0).length, text: table(results, rows) };
    } finally {
      await nights.remove();
    }
  },
};

async function killOne(place: { readonly nights: Awaited<ReturnType<typeof makeNights>>; readonly shim: string }, kill: Kill): Promise<Killed> {
  const { night, stage, fraction, calibration } = kill;
  const room = await makeRoom(place.nights.folder, night.before);
  try {
    const watched = watch(place, { night, room, opens: calibration.opens });
    await watched.reaches(stage);
    await Promise.race([pause(fraction * calibration.ms[stage]), watched.running.ended]);
    watched.running.kill('SIGKILL');
    const outcome = await watched.running.ended;
    const hit = watched.stage();
    const { state, wrong } = await judgeTable(room, night.known);
    const rest = await judgeNext(place, night, room);
    return { night: night.name, stage: hit, state, wrong: [...wrong, ...judgeEnd(outcome, state, [0]), ...rest] };
  } finally {
    await rm(room.root, { recursive: true, force: true });
    await rm(`${room.root}.calls`, { force: true });
  }
}

function table(results: readonly Killed[], rows: number): string {
  const nights = [...new Set(results.map(({ night }) => night))];
  const lines = nights.flatMap((night) =>
    STAGES.map((stage) => {
      const own = results.filter((it) => it.night === night && it.stage === stage);
      const counted = (['old', 'new', 'other'] as const).map((state) => own.filter((it) => it.state === state).length);
      return `| ${night} | ${stage} | ${own.length} | ${counted.join(' | ')} | ${own.filter(({ wrong }) => wrong.length > 0).length} |`;
    }),
  );
  return [
    `${results.length} times SIGKILL in loads of ${rows.toLocaleString('en')} customers, at a random moment in each stage in turn, and a plain run after each. The stage is the one in which the run stood when it died.`,
    '',
    '| load | killed in | kills | old | new | other | wrong |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: |',
    ...lines,
  ].join('\n');
}
