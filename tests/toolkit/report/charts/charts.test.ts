import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { charts, type DaybookError, displayOf, frameOf, sum, toMoney, withPersonal } from 'daybook';
import fc from 'fast-check';
import { compile } from 'vega-lite';
import { hasOtherLetters } from '../../../../toolkit/report/charts/draw/other-letters.ts';
import { COLOURS, contrast, inkOn, shade } from '../../../../toolkit/report/charts/draw/theme.ts';
import { amount } from '../../../../toolkit/report/charts/words/number.ts';
import { percent, shareOf } from '../../../../toolkit/report/charts/words/share.ts';
import { goldenFile } from '../../../golden-file.ts';
import { pixelsOf, sizeOf } from '../../../picture.ts';
import { customerFrame, EXAMPLES, orderFrame } from './examples.ts';

/** How many pixels are of a colour. */
function pixelsIn(pixels: Buffer, colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  let found = 0;
  for (let i = 0; i < pixels.length; i += 4) if (pixels[i] === r && pixels[i + 1] === g && pixels[i + 2] === b) found += 1;
  return found;
}

/** Enough of a colour to be a mark: the map and the cohorts have none of the main colour. */
const MARKS: Readonly<Record<string, string>> = { 'region-map': '#0b4f8a', cohort: '#0b4f8a' };

for (const [name, make] of Object.entries(EXAMPLES)) {
  test(`${name}: the specification is what it was, Vega-Lite has nothing to say against it, and the picture has marks`, async (t) => {
    const chart = await make();
    goldenFile(t, new URL(`golden/${name}.json`, import.meta.url), `${JSON.stringify(chart.spec, null, 1)}\n`);
    t.deepEqual(JSON.parse(JSON.stringify(chart.spec)), chart.spec);
    t.deepEqual((await make()).spec, chart.spec);
    const said: unknown[] = [];
    const note = (...words: unknown[]) => said.push(words);
    compile(chart.spec as never, { logger: { warn: note, info: () => {}, debug: () => {}, error: note, level: () => 0 } as never });
    t.deepEqual(said, []);
    const png = await chart.png({ scale: 1 });
    t.is(sizeOf(png)[0], 600);
    const pixels = pixelsOf(png);
    t.true(pixelsIn(pixels, MARKS[name] ?? COLOURS.main) > 300);
    t.true(pixelsIn(pixels, COLOURS.text) > 100, 'text is drawn');
    t.true(chart.table.length > 0);
    t.regex(chart.summary, /^[^.]+.*\.$/);
  });
}

test('titles say what was found', async (t) => {
  const risky = frameOf(['Low', 'Low', 'Low', 'Medium', 'High'].map((risk) => ({ risk: risk as 'Low' | 'Medium' | 'High' | null })));
  t.is((await charts.riskMix(risky, 'risk', { noun: 'customers' })).title, 'Two in five customers are at medium risk or above');
  t.is(
    (await charts.distribution(frameOf([{ n: 1 }, { n: 2 }, { n: 3 }, { n: null }]), 'n')).title,
    'N: two in three rows are at 2 or less, one in three rows at 2.8 or more',
  );
  t.is((await charts.pareto(frameOf(['a', 'a', 'a', 'a', 'b'].map((k) => ({ k }))), 'k')).title, '1 of 2 values of k makes up 80\u00a0% of rows');
  t.is(
    (
      await charts.regionMap(
        frameOf([
          { r: 'the east midlands', n: 4 },
          { r: 'Wales', n: 1 },
        ]),
        'r',
        { mean: 'n' },
      )
    ).title,
    'Mean n is highest in the East Midlands (4) and lowest in Wales (1)',
  );
  t.is(shareOf(1, 3, 'rows'), 'One in three rows');
  t.is(shareOf(5, 5, 'rows'), 'All rows');
  t.is(shareOf(9999, 10000, 'rows'), 'More than 99\u00a0% of rows');
  t.is(percent(1, 1_000_000), '<0.1\u00a0%');
  t.is(amount(-1234.5), '−1,234.5');
});

const total = (rows: readonly Readonly<Record<string, unknown>>[], column: string): number => rows.reduce((all, row) => all + Number(row[column]), 0);
const anyWord = fc
  .oneof(fc.constantFrom('a', 'b', ' ', '<b>', 'A'), fc.string({ unit: 'binary', maxLength: 5 }))
  .map((text) => Buffer.from(text.replaceAll('\0', '').replace(/^\ufeff+/, '')).toString());
const rowsOf = fc.array(
  fc.record({
    word: fc.option(anyWord, { freq: 4 }),
    n: fc.option(
      fc.oneof(
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 8),
      ),
      { freq: 4 },
    ),
    day: fc.option(
      fc.integer({ min: 0, max: 900 }).map((day) => new Date(day * 86_400_000)),
      { freq: 4 },
    ),
  }),
  { minLength: 1, maxLength: 40 },
);

test('no row is lost: what is drawn and what is null add up to all', async (t) => {
  await fc.assert(
    fc.asyncProperty(rowsOf, async (rows) => {
      const frame = frameOf(rows, ['word', 'n', 'day']);
      const known = (name: 'word' | 'n' | 'day') => rows.filter((row) => row[name] !== null).length;
      const [words, numbers, days] = [known('word'), known('n'), known('day')];
      const byWord = await charts.distribution(frame, 'word');
      t.is(total(byWord.table, 'rows'), words === 0 ? 0 : rows.length);
      t.is(total((await charts.distribution(frame, 'n')).table, 'rows'), numbers);
      t.is(total((await charts.trend(frame, 'day', { by: 'day' })).table, 'value'), days);
      t.is(total((await charts.trend(frame, 'day', { by: 'year' })).table, 'value'), days);
      t.is(total((await charts.pareto(frame, 'word')).table, 'value'), rows.length);
      t.is(total((await charts.missingValues(frame)).table, 'nulls'), 3 * rows.length - words - numbers - days);
    }),
    { numRuns: 25 },
  );
});

test('money adds up to the penny, and the map places everyone it can', async (t) => {
  const [spent] = (await customerFrame.rollup((c) => ({ all: sum(c.total_spent) })).collect()).objects() as { all: number }[];
  const rich = await charts.pareto(customerFrame, 'region', { sum: 'total_spent' });
  t.is(Number(total(rich.table, 'value').toFixed(2)), spent?.all ?? -1);
  t.is(total((await charts.regionMap(customerFrame, 'region')).table, 'rows'), 474);
  t.regex((await charts.regionMap(customerFrame, 'region')).summary, /480 rows .* 474 in .*; 6 \(1\.3.%\) in none/);
  const known = frameOf(['Yorkshire & the Humber', 'EAST OF ENGLAND', 'london ', 'Atlantis', null].map((region) => ({ region })));
  t.is(total((await charts.regionMap(known, 'region')).table, 'rows'), 3);
  const cents = frameOf(Array.from({ length: 30 }, () => ({ g: 'x', m: '0.10' }))).derive((c) => ({ m: toMoney(c.m) }));
  t.is((await charts.pareto(cents, 'g', { sum: 'm' })).table[0]?.['value'], 3);
});

test('steps of tenths hold the tenths: 0.3 is not in the bar of 0.2', async (t) => {
  for (const parts of [10, 100, 1000]) {
    const values = Array.from({ length: 15 }, (_, i) => (i + 1) / parts);
    const { table } = await charts.distribution(frameOf([...values, ...values].map((x) => ({ x }))), 'x');
    t.deepEqual(
      table.map((row) => [row['from'], row['rows']]),
      values.map((x) => [x, 2]),
    );
  }
});

test('a title gives the share that is there, not the one a quantile promises', async (t) => {
  const titleOf = async (numbers: readonly number[]) => (await charts.distribution(frameOf(numbers.map((stars) => ({ stars }))), 'stars')).title;
  t.is(await titleOf([1, 2, 2, 2, 2, 2, 2, 2, 2, 3]), 'Stars is 2 for four in five rows, a tenth at 2.1 or more');
  t.is(await titleOf([1, 2, 3, 4, 4, 4, 5, 5, 5, 5]), 'Stars: three in five rows are at 4 or less, two in five rows at 5 or more');
});

test('a long tail is gathered on either side, and the bars say so', async (t) => {
  const many = Array.from({ length: 300 }, (_, i) => ({ x: (i % 10) + 0.5 }));
  const chart = await charts.distribution(frameOf([...many, { x: -5e6 }, { x: 7e6 }]), 'x');
  t.deepEqual(
    [chart.table[0], chart.table.at(-1)],
    [
      { from: null, to: 0.5, rows: 1 },
      { from: 9.5, to: null, rows: 31 },
    ],
  );
  t.regex(JSON.stringify(chart.spec['title']), /the first bar holds all below 0\.5; the last bar holds","all from 9\.5 up/);
  t.is(total(chart.table, 'rows'), 302);
  const years = await charts.distribution(frameOf(Array.from({ length: 60 }, (_, i) => ({ birth_year: 1950 + i }))), 'birth_year');
  t.regex(years.summary, /from 1950 to 2009/);
});

test('a trend leaves no date out: what is too fine to draw is drawn more coarsely, and says so', async (t) => {
  const days = Array.from({ length: 1826 }, (_, i) => ({ day: new Date(Date.UTC(2020, 0, 1 + i)) }));
  const daily = await charts.trend(frameOf(days), 'day', { by: 'day' });
  t.is(daily.table.at(-1)?.['day'], '2024-12-30');
  t.is(daily.title, 'Number of rows is 1 every day');
  const old = await charts.trend(frameOf([{ day: new Date('1900-01-01') }, ...days]), 'day', { by: 'day' });
  t.is(old.table.at(-1)?.['month'], '2024-12');
  t.regex(JSON.stringify(old.spec['title']), /too long for a finer line/);
  t.is(old.title, 'Number of rows was highest in January 2020 and 33 other months, at 31; November 2024 is level with November 2023');
  t.is((await charts.trend(frameOf(days.slice(0, 30)), 'day')).table.length, 30);
});

test('long names that differ at their ends are told apart', async (t) => {
  const frame = frameOf(['north', 'south', 'south'].map((end) => ({ unit: `Department of public affairs ${end}` })));
  const values = (await charts.distribution(frame, 'unit')).spec['data'] as { values: { label: string }[] };
  t.deepEqual(
    values.values.map(({ label }) => label),
    ['Department of publ…irs south', 'Department of publ…irs north'],
  );
});

test('the text behind the longest bar has room beside the longest labels', async (t) => {
  const rules = Object.fromEntries(Array.from({ length: 4 }, (_, i) => [`a_column_with_a_long_name_${i}.unexpected`, 1521]));
  const chart = charts.ruleBreaks({ rows: { orders: { read: 10_000, accepted: 0, rejected: 0, warned: 0 } }, rules: { orders: rules } });
  const pixels = pixelsOf(await chart.png({ scale: 1 }));
  const edge = (y: number) => [...Array(14).keys()].map((x) => pixels.readUInt8(4 * (y * 600 + 600 - 14 + x)));
  t.true([...Array(pixels.length / 4 / 600).keys()].every((y) => edge(y).every((red) => red > 250)));
});

test('a cohort counts each person once a period, and says nothing of what is not over', async (t) => {
  const day = (text: string) => new Date(`${text}T00:00:00Z`);
  const rows = [
    { id: 1, start: day('2025-01-05'), at: day('2025-01-09') },
    { id: 1, start: day('2025-01-05'), at: day('2025-02-01') },
    { id: 1, start: day('2025-01-05'), at: day('2025-02-20') },
    { id: 2, start: day('2025-01-31'), at: null },
    { id: 3, start: day('2025-02-10'), at: day('2025-02-11') },
    { id: 3, start: day('2025-02-10'), at: day('2025-01-11') },
    { id: 4, start: null, at: day('2025-02-11') },
  ];
  const chart = await charts.cohort(frameOf(rows), { id: 'id', start: 'start', event: 'at', noun: 'people' });
  t.deepEqual(
    chart.table.map((row) => [row['cohort'], row['period'], row['size'], row['active']]),
    [
      ['2025-01', 0, 2, 1],
      ['2025-01', 1, 2, 1],
      ['2025-02', 0, 1, 1],
    ],
  );
  t.is(chart.title, 'Half of the people are active 1 month after they begin');
  t.regex(chart.summary, /1 people without a start is left out; 1 event before it is not counted/);
});

test('nothing to show is said, and drawn without marks', async (t) => {
  const none = frameOf<{ n: number | null; d: Date | null; w: string | null }>([], ['n', 'd', 'w']);
  const nulls = frameOf<{ n: number | null; d: Date | null; w: string | null }>([{ n: null, d: null, w: null }]);
  for (const frame of [none, nulls]) {
    for (const chart of [
      await charts.distribution(frame, 'w'),
      await charts.trend(frame, 'd'),
      await charts.riskMix(frame, 'w'),
      await charts.regionMap(frame, 'w'),
      await charts.cohort(frame, { id: 'n', start: 'd', event: 'd' }),
    ]) {
      t.regex(chart.title, /^Nothing to show: /);
      t.deepEqual(chart.table, []);
    }
  }
  t.is((await charts.distribution(none, 'n', { noun: 'customers' })).title, 'Nothing to show: there are no customers');
  t.is((await charts.missingValues(frameOf([{ a: 1 }]))).title, 'Nothing to show: the one column has no null in 1 row');
  t.is(charts.ruleBreaks({ rows: {}, rules: {} }).title, 'Nothing to show: no record was checked');
  const empty = await charts.pareto(none, 'w');
  const png = await empty.png({ scale: 1 });
  t.is(pixelsIn(pixelsOf(png), COLOURS.main), 0);
});

test('whatever a label holds is text in the SVG, and the SVG can be drawn', async (t) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(anyWord, fc.constantFrom('<script>alert(1)</script>', ']]>&"\'', '\u202e', '{{datum}}')), { minLength: 1, maxLength: 6 }),
      async (words) => {
        const chart = await charts.distribution(frameOf(words.map((word) => ({ word }))), 'word');
        const svg = await chart.svg();
        t.false(/<script|<b>|[\p{Cc}\u202a-\u202e]/u.test(svg.replaceAll('\n', '')));
        t.true((await chart.png({ scale: 0.5 })).length > 500);
      },
    ),
    { numRuns: 15 },
  );
});

test('fonts of the machine are asked for what the own font lacks, and for nothing else', (t) => {
  for (const text of ['東京', 'भारत', '🙂', '서울']) t.true(hasOtherLetters(text), text);
  for (const text of ['Łódź – 5 % “a”, 3 € …', 'Москва', 'القاهرة', 'ירושלים', 'Αθήνα', '\ufffd']) t.false(hasOtherLetters(text), text);
});

test('text reads on every colour it stands on', (t) => {
  for (const ink of [COLOURS.text, COLOURS.quiet, COLOURS.accent]) t.true(contrast(ink, COLOURS.background) >= 4.5);
  const grounds = [COLOURS.low, COLOURS.medium, COLOURS.high, ...[0, 0.25, 0.5, 0.75, 1].map((value) => shade(value, 0, 1))];
  for (const ground of grounds) t.true(contrast(inkOn(ground), ground) >= 4.5, ground);
  t.is(Math.round(contrast('#000000', '#ffffff')), 21);
});

test('personal values are not written into a chart unasked', async (t) => {
  const people = withPersonal(frameOf([{ email: 'ann@example.org', n: 1 }]), new Map([['email', { classes: ['contact'], mask: 'email' }]]));
  for (const make of [
    () => charts.distribution(people, 'email'),
    () => charts.pareto(people, 'email'),
    () => charts.riskMix(people.rename({ n: 'r' }), 'r' as never, { by: 'email' }),
  ]) {
    const fault = await t.throwsAsync<DaybookError>(make);
    t.is(fault?.code, 'chart.personal-column');
    t.notRegex(`${fault?.message}${fault?.fix}`, /ann/);
  }
  t.regex(JSON.stringify((await charts.distribution(people, 'email', { personal: true })).spec), /ann@example/);
  t.notRegex(JSON.stringify((await charts.missingValues(people)).spec), /ann@example/);
});

const folder = (t: ExecutionContext): string => {
  const path = mkdtempSync(join(tmpdir(), 'daybook-charts-'));
  t.teardown(() => rmSync(path, { recursive: true }));
  return path;
};

test('a chart is saved by the ending of its name, and shown as specification, picture and text', async (t) => {
  const chart = await charts.trend(orderFrame, 'order_date', { noun: 'orders' });
  const at = folder(t);
  for (const name of ['c.svg', 'c.png', 'c.json']) await chart.save(join(at, name));
  t.regex(readFileSync(join(at, 'c.svg'), 'utf8'), /^<svg /);
  t.deepEqual([...readFileSync(join(at, 'c.png')).subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
  t.deepEqual(JSON.parse(readFileSync(join(at, 'c.json'), 'utf8')), chart.spec);
  t.is((await t.throwsAsync<DaybookError>(chart.save(join(at, 'c.pdf'))))?.code, 'chart.unknown-format');
  t.is((await t.throwsAsync<DaybookError>(chart.save(join(at, 'no/c.svg'))))?.code, 'usage.cannot-create');
  const bundle = await displayOf(chart);
  t.deepEqual(Object.keys(bundle ?? {}), ['application/vnd.vegalite.v5+json', 'image/png', 'text/plain']);
  const spec = bundle?.['application/vnd.vegalite.v5+json'] as charts.Spec;
  t.deepEqual({ ...spec, $schema: chart.spec['$schema'] }, chart.spec);
  t.regex(String(spec['$schema']), /vega-lite\/v5\.json$/);
  t.is(Buffer.from(String(bundle?.['image/png']), 'base64').subarray(1, 4).toString(), 'PNG');
  t.is(bundle?.['text/plain'], `${chart.title}\n\n${chart.summary}`);
});
