/** What must not compile: each line that is marked is wrong in one way. Nothing here runs. */
import {
  and,
  append,
  charts,
  contract,
  count,
  csv,
  dateColumn,
  daysBetween,
  eq,
  type Frame,
  flag,
  gt,
  id,
  length,
  lower,
  max,
  mean,
  oneOf,
  pipeline,
  plus,
  sum,
  text,
  trim,
  when,
} from 'daybook';
import * as z from 'zod';

interface Crm {
  customer_id: number;
  email: string | null;
  status: 'active' | 'inactive' | null;
  spent: number | null;
  since: Date | null;
}
declare const crm: Frame<Crm>;
declare const orders: Frame<{ customer_id: number; orders: number }>;
declare const texts: Frame<{ customer_id: string; tags: string }>;

// @ts-expect-error select: a misspelt column
crm.select('customer_id', 'emial');
// @ts-expect-error derive: a misspelt column
crm.derive((c) => ({ email: lower(c.emial) }));
// @ts-expect-error filter: a misspelt column
crm.filter((c) => eq(c.emial, 'x'));
// @ts-expect-error groupby: a misspelt column
crm.groupby('stauts');
// @ts-expect-error rename: a misspelt column
crm.rename({ emial: 'mail' });
// @ts-expect-error join: a misspelt key
crm.join(orders, 'custmer_id');
// @ts-expect-error join: a key the other side does not have
crm.join_left(orders, 'email');
// @ts-expect-error join: keys of different types
crm.join_left(texts, 'customer_id');
// @ts-expect-error dedupe: a misspelt key
crm.dedupe('custmer_id');
// @ts-expect-error dedupe: a misspelt order
crm.dedupe('customer_id', 'sinec');
// @ts-expect-error orderby: a misspelt column
crm.orderby('sinec');
// @ts-expect-error rollup: a misspelt column
crm.groupby('status').rollup((c) => ({ n: max(c.sinec) }));
// @ts-expect-error semijoin: a misspelt key
crm.semijoin(orders, 'custmer_id');
// @ts-expect-error a column that an earlier verb took away
crm.select('email').filter((c) => gt(c.spent, 1));
// @ts-expect-error a column under its old name
crm.rename({ email: 'mail' }).select('email');
// @ts-expect-error a text function on a number
crm.derive((c) => ({ x: lower(c.customer_id) }));
// @ts-expect-error trim on a date
crm.derive((c) => ({ x: trim(c.since) }));
// @ts-expect-error the length of a number
crm.derive((c) => ({ x: length(c.spent) }));
// @ts-expect-error arithmetic with a text
crm.derive((c) => ({ x: plus(c.spent, c.email) }));
// @ts-expect-error days between a text and a date
crm.derive((c) => ({ x: daysBetween(c.email, new Date()) }));
// @ts-expect-error append a number
crm.derive((c) => ({ x: append(c.email, c.spent) }));
// @ts-expect-error the sum of texts
crm.groupby('status').rollup((c) => ({ x: sum(c.email) }));
// @ts-expect-error the mean of dates
crm.groupby('status').rollup((c) => ({ x: mean(c.since) }));
// @ts-expect-error an aggregate outside a rollup
crm.derive((c) => ({ x: sum(c.spent) }));
// @ts-expect-error an aggregate in a filter
crm.filter(() => count());
// @ts-expect-error no aggregate in a rollup
crm.groupby('status').rollup((c) => ({ x: c.spent }));
// @ts-expect-error a number compared with a text
crm.filter((c) => gt(c.spent, '10'));
// @ts-expect-error a text compared with a number
crm.filter((c) => eq(c.email, 1));
// @ts-expect-error a date compared with a text
crm.filter((c) => gt(c.since, '2024-01-01'));
// @ts-expect-error a word that a status cannot be
crm.filter((c) => eq(c.status, 'actve'));
// @ts-expect-error a word that a status cannot be, in a list
crm.filter((c) => oneOf(c.status, ['active', 'gone']));
// @ts-expect-error a filter by a text
crm.filter((c) => c.email);
// @ts-expect-error a number among truths
crm.filter((c) => and(c.spent));
// @ts-expect-error a flag of a text
crm.derive((c) => ({ x: flag(c.email) }));
// @ts-expect-error cases that never end
crm.derive((c) => ({ x: when(gt(c.spent, 1), 'a') }));
// @ts-expect-error an object in a column
crm.derive(() => ({ x: { deep: 1 } }));
// @ts-expect-error frames of different columns one after another
crm.concat(crm.select('customer_id'));
// @ts-expect-error a frame that lacks what a function asks for
((frame: Frame<{ region: string }>) => frame)(crm);
// @ts-expect-error a column that may be null where none may
((frame: Frame<{ spent: number }>) => frame)(crm);

// @ts-expect-error a chart of a misspelt column
charts.distribution(crm, 'emial');
// @ts-expect-error a chart of misspelt columns
charts.missingValues(crm, { columns: ['emial'] });
// @ts-expect-error a trend of texts
charts.trend(crm, 'email');
// @ts-expect-error a trend that adds up texts
charts.trend(crm, 'since', { sum: 'email' });
// @ts-expect-error risk levels that a status cannot be
charts.riskMix(crm, 'status', { order: ['active', 'gone'] });
// @ts-expect-error a map of a misspelt column
charts.regionMap(crm, 'regoin');
// @ts-expect-error cohorts by a text
charts.cohort(crm, { id: 'customer_id', start: 'email', event: 'since' });
// @ts-expect-error a Pareto of a misspelt column
charts.pareto(crm, 'stauts');

const k = id({ title: 'K' });
const people = contract('people', { k, mail: text({ title: 'M', flag: 'mail_ok' }) }, { key: 'k' });
// @ts-expect-error a key that is no field
contract('c', { k }, { key: 'kk' });
// @ts-expect-error a reference from no field
contract('c', { k }, { key: 'k', references: { who: 'people' } });
const begun = pipeline('p', { sources: { people: csv(people) }, settings: z.strictObject({ least: z.number().default(1) }) });
// @ts-expect-error a step that misspells a source
begun.step('a', ({ poeple }) => poeple);
// @ts-expect-error a step that misspells a column
begun.step('a', ({ people }) => people.select('mial'));
// @ts-expect-error a step that misspells a setting
begun.step('a', ({ people }, { settings }) => people.filter((c) => gt(c.k, settings.lesat)));
// @ts-expect-error a step that misspells an earlier step
begun.step('first', ({ people }) => people).step('b', ({ frist }) => frist);
const row = z.object({ k: z.int(), mail: z.string().nullable() });
begun.publish('t', { from: 'people', key: 'k', row });
// @ts-expect-error publish: a key that is no column
begun.publish('t', { from: 'people', key: 'kk', row });
// @ts-expect-error publish: a step that there is not
begun.publish('t', { from: 'poeple', key: 'k', row });
// @ts-expect-error publish: a row of a column that the step does not give
begun.publish('t', { from: 'people', key: 'k', row: z.object({ k: z.int(), name: z.string() }) });
// @ts-expect-error publish: a row of another type
begun.publish('t', { from: 'people', key: 'k', row: z.object({ k: z.int(), mail: dateColumn() }) });
// @ts-expect-error publish: a column that may be null where the row has none
begun.publish('t', { from: 'people', key: 'k', row: z.object({ k: z.int(), mail: z.string() }) });
// @ts-expect-error publish: an age of no column
begun.publish('t', { from: 'people', key: 'k', row, ages: { days: 'sinec' } });
