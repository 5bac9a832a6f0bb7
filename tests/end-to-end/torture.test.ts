import test from 'ava';
import { chance, sample } from '../chance.ts';
import { SLOW } from '../slow.ts';
import { cancelAll } from '../torture/faults/cancel-part.ts';
import { inParallel } from '../torture/faults/in-parallel.ts';
import { inject, injectionsOf, type Place } from '../torture/faults/inject.ts';
import { killAll } from '../torture/faults/kills-part.ts';
import { clashAll } from '../torture/faults/locks-part.ts';
import { makeNights, type Nights } from '../torture/faults/nights.ts';

const serially = SLOW ? test.serial : test.serial.skip;

// A sample of what `npm run torture` does in full: the same every time, by this seed.
const SEED = 360;
const ROWS = 50;
const effort = { seed: SEED, parallel: 2 };

let nights: Nights;
test.before(async (t) => {
  t.timeout(600_000);
  nights = await makeNights({ rows: ROWS });
});
test.after.always(() => nights?.remove());

/** One part, on loads that are made once for all. */
const holds = test.macro(async (t, part: (nights: Nights, say: (line: string) => void) => Promise<number>) => {
  t.timeout(600_000);
  if (nights.shim === null) {
    t.log(`Not tested: ${nights.reason}.`);
    return t.pass();
  }
  t.log(`seed ${SEED}`);
  const wrong: string[] = [];
  t.is(await part(nights, (line) => void wrong.push(line)), 0, wrong.join('\n'));
});

serially('a disk that fails at some call, or a kill there, leaves the old state or the new, and the next run succeeds', holds, async (it, say) => {
  const random = chance(SEED);
  const place: Place = { nights: it, mended: new Set() };
  const meant = [];
  for (const night of it.nights) meant.push(...sample(await injectionsOf(place, night), 6, random).map((injection) => ({ night, injection })));
  const wrong = await inParallel(meant, effort.parallel, async ({ night, injection }) => {
    const found = (await inject(place, night, injection)).wrong;
    if (found.length > 0) say(`${night.name}, ${injection.call}, ${injection.fault}: ${found.join('; ')}`);
    return found;
  });
  return wrong.flat().length;
});

serially('a run killed in some stage leaves the old state or the new, and the next run succeeds', holds, async (it, say) => {
  return (await killAll(it, { ...effort, say, kills: 6, rows: ROWS, keep: (_, work) => work() })).wrong;
});

serially('a run that is asked to stop does so cleanly in any stage, and the next run succeeds', holds, async (it, say) => {
  return (await cancelAll(it, { ...effort, say, sample: 4, mostMs: Number.POSITIVE_INFINITY })).wrong;
});

serially('of two runs of one pipeline one goes on, and two of different pipelines both; a locked warehouse is waited for', holds, async (it, say) => {
  return (await clashAll(it, { ...effort, say, starts: 2, holds: ['begin immediate'] })).wrong;
});
