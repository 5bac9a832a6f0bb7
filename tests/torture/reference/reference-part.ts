import { type Case, equalsReference } from '../../end-to-end/equals-reference.ts';
import type { Part } from '../part.ts';

/** Customer-360 against its reference: many seeds, and one load that is large enough for the engine to read in parallel. */
export const referencePart: Part = {
  options: {
    seeds: { type: 'string', default: '20' },
    rows: { type: 'string', default: '5000' },
    large: { type: 'string', default: '100000' },
  },
  async run({ seed, values, say }) {
    const rows = Number(values['rows']);
    const cases = Array.from({ length: Number(values['seeds']) }, (_, n): Case => ({ rows, seed: seed + n, form: n % 2 === 0 ? 'ndjson' : 'array' }));
    const large = Number(values['large']);
    if (large > 0) cases.push({ rows: large, seed: 2026, form: 'ndjson' });
    let wrong = 0;
    for (const it of cases) {
      const fault = await equalsReference(it).then(
        () => null,
        (fault: Error) => fault.message,
      );
      if (fault !== null) wrong += 1;
      say(`${it.rows} customers, seed ${it.seed}, orders as ${it.form}: ${fault ?? 'equal'}`);
    }
    return { wrong, text: table(cases, wrong) };
  },
};

const table = (cases: readonly Case[], wrong: number): string =>
  [
    `Every count, published value and reject's place of ${cases.length} runs on generated sources, compared with the reference's: ${wrong} differ.`,
    '',
    '| customers | seed | orders as |',
    '| ---: | ---: | --- |',
    ...cases.map(({ rows, seed, form }) => `| ${rows.toLocaleString('en')} | ${seed} | ${form} |`),
  ].join('\n');
