import { chance, sample, shuffled } from '../../chance.ts';
import type { Asked, Part } from '../part.ts';
import { inParallel } from './in-parallel.ts';
import { type Injected, inject, injectionsOf, type Place } from './inject.ts';
import { keeper } from './keeper.ts';
import { makeNights } from './nights.ts';
import { recover } from './recover.ts';
import { tally } from './tally.ts';

const ROWS = 50;

/** Every call that changes a file fails once, in every way; then faults on top of faults. */
export const faultsPart: Part = {
  options: { sample: { type: 'string' }, call: { type: 'string' }, recoveries: { type: 'string', default: '20' }, keep: { type: 'string' } },
  async run(asked) {
    const nights = await makeNights({ rows: ROWS, set: asked.set });
    try {
      if (nights.shim === null) return { wrong: 1, text: `Not run: ${nights.reason}.` };
      return await runAll({ nights, mended: new Set() }, asked);
    } finally {
      await nights.remove();
    }
  },
};

async function runAll(place: Place, asked: Asked): Promise<{ wrong: number; text: string }> {
  const { say, seed, values } = asked;
  const random = chance(seed);
  const todo = [];
  for (const night of place.nights.nights) {
    const all = await injectionsOf(place, night);
    const asked = typeof values['call'] === 'string' ? all.filter(({ call }) => call.includes(values['call'] as string)) : all;
    const some = values['sample'] === undefined ? asked : sample(asked, Number(values['sample']), random);
    say(`${night.name}: ${new Set(all.map(({ call }) => call)).size} calls, ${some.length} of ${all.length} faults`);
    todo.push(...some.map((injection) => ({ night, injection })));
  }
  const keep = await keeper(values['keep']);
  const recoveries = await recover(place, { count: Number(values['recoveries']), random, parallel: asked.parallel, keep });
  for (const { wrong, what } of recoveries) if (wrong.length > 0) say(`${what}: ${wrong.join('; ')}`);
  let done = 0;
  // In no order, so that what was broken off is a sample of the whole.
  const results = await inParallel(shuffled(todo, random), asked.parallel, async ({ night, injection }) => {
    const result = await keep(`${night.name}, ${injection.call}, ${injection.fault}`, () => inject(place, night, injection));
    if (result.wrong.length > 0) say(described(result));
    if (++done % 25 === 0) say(`${done} of ${todo.length}`);
    return result;
  });
  const bad = recoveries.filter(({ wrong }) => wrong.length > 0).length;
  const wrong = results.filter((result) => result.wrong.length > 0).length + bad;
  const text = [
    `${results.length} runs of ${ROWS} customers with one fault each; ${results.filter(({ isFollowed }) => isFollowed).length} times a plain run afterwards, the others left what such a run had already put right.`,
    tally(results),
    `A second fault while the first was being put right, at ${recoveries.length} seeded points: ${bad} wrong.`,
  ].join('\n\n');
  return { wrong, text };
}

const described = ({ night, call, fault, state, code, wrong }: Injected): string =>
  `${night}, ${call}, ${fault} (${code}, ${state}): ${wrong.join('; ')}`;
