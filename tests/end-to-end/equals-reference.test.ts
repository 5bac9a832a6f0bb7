import test from 'ava';
import { SLOW } from '../slow.ts';
import { type Case, equalsReference } from './equals-reference.ts';

// A sample: `npm run torture -- reference` compares twenty seeds of 5,000 customers, and 100,000 customers.
const CASES: readonly Case[] = [
  { rows: 1_500, seed: 1, form: 'ndjson' },
  { rows: 1_500, seed: 2, form: 'array' },
  { rows: 5_000, seed: 3, form: 'array' },
  ...(SLOW ? ([{ rows: 15_000, seed: 2026, form: 'ndjson' }] as const) : []),
];

for (const { rows, seed, form } of CASES) {
  test.serial(`equals the reference on ${rows.toLocaleString('en')} customers, seed ${seed}, orders as ${form}`, async (t) => {
    await t.notThrowsAsync(equalsReference({ rows, seed, form }));
  });
}

// `npm run torture -- memory` loads three million customers in a gigabyte.
const slowly = SLOW ? test.serial : test.serial.skip;
slowly('with the least memory that is accepted a run spills what does not fit, equals the reference, and leaves nothing behind', async (t) => {
  t.timeout(600_000);
  const { steps } = await equalsReference({ rows: 130_000, seed: 3, form: 'ndjson', set: ['limits.memory=512MB'] });
  t.true(steps.some(({ spilledBytes }) => spilledBytes > 0));
});
