import test from 'ava';
import { SLOW } from '../slow.ts';
import { csvKinds } from '../torture/pollution/kinds/csv-kinds.ts';
import { jsonKinds } from '../torture/pollution/kinds/json-kinds.ts';
import { judgeAll } from '../torture/pollution/pollution-part.ts';
import type { Fields, Outcome } from '../torture/pollution/sheet.ts';
import { wrongOf } from '../torture/pollution/tally.ts';
import { type Found, faultsOf, verdictOf } from '../torture/pollution/verdict.ts';

const RUN_EVERY = 90;

(SLOW ? test : test.skip)('a polluted file of every kind, CSV and JSON: nothing lost, shifted or swallowed, no wrong stop', async (t) => {
  const said: string[] = [];
  const judged = await judgeAll(
    [
      { as: 'csv', count: csvKinds.length, seed: 7, runEvery: RUN_EVERY },
      { as: 'json', count: jsonKinds.length, seed: 7, runEvery: RUN_EVERY },
    ],
    (line) => said.push(line),
  );
  t.is(wrongOf(judged), 0, said.join('\n'));
  const kinds = [...csvKinds, ...jsonKinds];
  const seen = new Set(judged.flatMap((file) => file.kinds));
  t.deepEqual(
    kinds.filter((kind) => !seen.has(kind)).map(({ name }) => name),
    [],
  );
  t.true(judged.filter(({ run }) => run !== null).length >= 2, 'a CSV and a JSON file in a whole run');
  t.true(judged.some(({ verdict }) => verdict.stops > 0) && judged.some(({ verdict }) => verdict.malformed > 0));
});

const at = (record: number, line: number, a: string | null) => ({ record, line, fields: a === null ? null : ({ a } as Fields) });
const due: Outcome = { stop: null, records: [at(1, 2, 'x'), at(2, 3, null), at(3, 4, 'y')] };
const isSame = (is: Fields, found: Fields): boolean => is['a'] === found['a'];

/** The judge finds these faults and no other. */
const finds = test.macro((t, expected: Outcome, found: Found, faults: Partial<ReturnType<typeof verdictOf>>) => {
  const verdict = verdictOf(expected, found);
  t.like(verdict, { lost: 0, shifted: 0, neighbours: 0, wrongStops: 0, ...faults });
  t.is(verdict.details.length, faultsOf(verdict));
});
const records = (...found: ReturnType<typeof at>[]): Found => ({ records: found, isSame });

test('the judge finds nothing where all is as it has to be', finds, due, records(...due.records), { malformed: 1 });
test('the judge finds a record that is not there', finds, due, records(at(1, 2, 'x'), at(2, 3, null)), { lost: 1 });
test('the judge finds a malformed record named on another line', finds, due, records(at(1, 2, 'x'), at(2, 2, null), at(3, 4, 'y')), { lost: 1 });
test('the judge finds a malformed record that was accepted', finds, due, records(at(1, 2, 'x'), at(2, 3, 'z'), at(3, 4, 'y')), { shifted: 1 });
test('the judge finds a text that changed', finds, due, records(at(1, 2, 'X'), at(2, 3, null), at(3, 4, 'y')), { shifted: 1 });
test('the judge finds a line that is another', finds, due, records(at(1, 2, 'x'), at(2, 3, null), at(3, 5, 'y')), { shifted: 1 });
test('the judge finds a record too many', finds, due, records(...due.records, at(4, 5, 'y')), { shifted: 1 });
test('the judge finds a neighbour that was swallowed', finds, due, records(at(1, 2, 'x'), at(2, 3, null), at(3, 4, null)), { neighbours: 1 });
test('the judge finds a stop that was not due', finds, due, { stop: 'source.open-quote, line 3' }, { wrongStops: 1 });
test('the judge finds a stop that did not come', finds, { ...due, stop: { why: 'open quote', line: 3 } }, { stop: 'none' }, { wrongStops: 1 });
test('the judge takes the stop that was due', finds, { ...due, stop: { why: 'open quote', line: 3 } }, { stop: null }, { stops: 1 });
