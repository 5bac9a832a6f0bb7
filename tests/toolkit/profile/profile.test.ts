import assert from 'node:assert/strict';
import test from 'ava';
import { type Frame, frameOf, loose, type Personal, type Profile, profile, Session } from 'daybook';
import fc from 'fast-check';
import { numbered } from '../../../toolkit/profile/basics.ts';
import { describeColumn } from '../../../toolkit/profile/describe.ts';
import type { ColumnProfile, ColumnType } from '../../../toolkit/profile/document.ts';
import { profilePage } from '../../../toolkit/profile/html/page.ts';
import { candidateKeys } from '../../../toolkit/profile/keys.ts';
import { profileColumn } from '../../../toolkit/profile/profile-column.ts';
import { rangeOf } from '../../../toolkit/profile/ranges.ts';
import { EXACT_LIMIT, valuesOf } from '../../../toolkit/profile/values.ts';

const opened = Session.open({ threads: 2 });

async function profiled(frame: Frame<object>, values = false): Promise<Profile> {
  return profile(frame, { session: await opened, name: 'made-up', values });
}
/** The profile of one column of texts. */
async function columnOf(texts: readonly (string | null)[], name = 'it'): Promise<ColumnProfile> {
  const { files } = await profiled(
    frameOf(
      texts.map((text) => ({ [name]: text })),
      [name],
    ),
  );
  return files[0]?.columns[0] as ColumnProfile;
}
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

const TYPES: readonly [ColumnType, readonly string[]][] = [
  ['nothing', ['', '  ']],
  ['yes or no', ['Y', 'n', 'Y', 'N', 'y']],
  ['whole number', ['0', '1', '1', '0', '2', '12', '-7', '40']],
  ['decimal', ['1.5', '2', '.25', '-3.0']],
  ['code', ['0012', '0013', '0145', '0200']],
  ['code', ['AB-12', 'AB-13', 'C-9', 'DD-456']],
  ['date', ['2024-02-29', '2024/03/01', '31/12/2023', '01-02-2023', '05.06.2022']],
  ['time stamp', ['2024-02-29T10:00:00Z', '2024-03-01 11:30', '2024-03-02T00:00:00.5+01:00']],
  ['e-mail', ['a@b.example', 'c.d@e.example', 'f@g.example']],
  ['UK phone', ['020 7946 0018', '+44 20 7946 0019', '07700 900 123']],
  ['UK postcode', ['SW1A 1AA', 'b339xx', 'M1 1AE']],
  ['code list', [...times(20, () => 'open'), ...times(12, () => 'Closed'), 'no idea']],
  ['text', ['Red Kite', 'Blue tit', 'Barn owl', 'Robin']],
  ['free text', times(6, (i) => `It was the ${i}th time that the parcel came late`)],
];
test('a column is of the narrowest type that four in five of its texts are of', async (t) => {
  for (const [type, texts] of TYPES) t.is((await columnOf(texts)).type, type, texts.join());
});

test('no date is taken for one that a calendar has not', async (t) => {
  const found = await columnOf(['2023-02-29', '0000-01-01', '31/04/2023', ...times(12, (i) => `2024-01-${i + 10}`)]);
  t.like(found, { type: 'date', fits: 12, unfit: 3 });
});

test('numbers have a range, exact quartiles and outliers beyond Tukey’s fences', async (t) => {
  const found = await columnOf([...times(11, (i) => String(i + 1)), '1000', 'x', null, ' ']);
  t.like(found, { type: 'whole number', fits: 12, unfit: 1, nulls: 1, empties: 1, outliers: 1 });
  t.deepEqual(found.range, { least: 1, lowerQuartile: 3.75, median: 6.5, upperQuartile: 9.25, greatest: 1000, isExact: true });
});

test('the least and the greatest are values that stand there, to the last digit', async (t) => {
  const whole = await columnOf(['100494851942046', '100494851942048', '999856459297018']);
  t.like(whole.range, { least: 100494851942046, median: 100494851942048, greatest: 999856459297018 });
  const small = await columnOf(['0.00001', '0.000023', '0.1', '0.2']);
  t.like(small.range, { least: 0.00001, greatest: 0.2 });
  t.regex(
    (await profiled(frameOf([{ it: '0.00001' }, { it: '0.00002' }]))).files.flatMap(({ columns }) => columns.flatMap(describeColumn)).join('\n'),
    /range,0\.00001 to 0\.00002;/,
  );
});

const quantile = (sorted: readonly number[], share: number): number => {
  const place = (sorted.length - 1) * share;
  const [below = 0, above = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place - Math.floor(place));
};

test('the range found among different numbers is that of all records, and so is what lies far outside', async (t) => {
  const session = await opened;
  const property = fc.asyncProperty(fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 1, maxLength: 60 }), async (whole) => {
    const numbers = whole.map((n) => (n === 40 ? 4000 : n) / 4);
    const texts = numbered(loose(frameOf(numbers.map((n, i) => ({ it: i % 2 === 0 ? `${n}` : ` ${n}` })))));
    const values = await valuesOf(session, texts, 'raw:0', 0);
    const found = await rangeOf(session, values, 'decimal');
    await values.release();
    const sorted = numbers.toSorted((a, b) => a - b);
    const [lowerQuartile, median, upperQuartile] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share)) as [number, number, number];
    const reach = 1.5 * (upperQuartile - lowerQuartile);
    const outside = numbers.filter((n) => n < lowerQuartile - reach || n > upperQuartile + reach).length;
    const expected = {
      least: sorted[0],
      lowerQuartile,
      median,
      upperQuartile,
      greatest: sorted.at(-1),
      outliers: reach > 0 ? outside : null,
      isExact: true,
    };
    assert.deepEqual(found, expected);
  });
  const run = await fc.check(property, { numRuns: 25, seed: 360 });
  t.false(run.failed, fc.defaultReportMessage(run as never) ?? '');
});

test('dates have a range in days, and their forms are counted', async (t) => {
  const found = await columnOf(['2024-01-01', '2024-01-03', '2024-01-05', '07/01/2024', '2024-01-09']);
  t.like(found.range, { least: '2024-01-01', median: '2024-01-05', greatest: '2024-01-09' });
  t.deepEqual(found.dateForms, [
    { form: 'YYYY-MM-DD', count: 4 },
    { form: 'DD/MM/YYYY', count: 1 },
  ]);
  t.deepEqual(found.notes, ['Nothing tells day first from month first: no such date has a day above 12.']);
});

test('a pattern is written out where its runs are of few lengths, and says how many fit', async (t) => {
  const found = await columnOf([...times(40, (i) => `AB-${1000 + i}`), ...times(3, () => 'spare part'), 'AB 1']);
  t.is(found.type, 'code');
  t.deepEqual(found.patterns, [
    { pattern: 'AA-9999', count: 40, fits: 40 },
    { pattern: 'aaaaa aaaa', count: 3, fits: 0 },
    { pattern: 'AA 9', count: 1, fits: 0 },
  ]);
});

test('keys: unique columns first, nearly unique ones with their duplicates, pairs where there is neither', async (t) => {
  const keys = async (rows: readonly object[]) => (await profiled(frameOf(rows))).files[0]?.keys;
  const single = times(40, (i) => ({ code: `K${i === 1 ? 0 : i}`, id: i, amount: i + 0.5 }));
  t.deepEqual(await keys(single), [
    { columns: ['id'], duplicates: 0, missing: 0 },
    { columns: ['code'], duplicates: 1, missing: 0 },
  ]);
  const pairs = times(20, (i) => ({ shop: `S${i % 4}`, line: Math.floor(i / 4), kind: i % 2 === 0 ? 'a' : 'b' }));
  t.deepEqual(await keys(pairs), [{ columns: ['line', 'shop'], duplicates: 0, missing: 0 }]);
});

test('what a reader must know of zones and of JSON inside JSON is noted', async (t) => {
  const notesOf = async (...texts: string[]) => (await columnOf(texts)).notes.join();
  t.regex(await notesOf('2025-10-26T00:30:00Z', '2025-10-26T02:30:00+02:00', '2025-10-26T01:30:00+01:00'), /^Some are in UTC, others in other zones/);
  t.regex(await notesOf('2025-10-26T00:30:00Z', '2025-10-26T02:30:00', '2025-10-26 01:30'), /^Some have a time zone, others have none/);
  t.is(await notesOf('2025-10-26T00:30:00Z', '2025-10-27T00:30:00Z'), '');
  t.is(await notesOf('[]', '[1, 2]', '{"a": 1}'), 'Lists or objects inside JSON, read as their text.');
});

test('nothing is said of what is not there: no records, one record, no text', async (t) => {
  for (const frame of [frameOf<{ age: string }>([], ['age']), frameOf([{ age: '34' }])])
    t.notRegex(profilePage(await profiled(frame)), /nothing, every text|half lie between|tells the records apart/);
});

test('columns of numbers, dates and truths are read as their texts', async (t) => {
  const rows = times(8, (i) => ({ n: i, day: new Date(Date.UTC(2024, 0, i + 1)), yes: i % 2 === 0, none: null }));
  const {
    files: [file],
  } = await profiled(frameOf(rows));
  t.deepEqual(
    file?.columns.map(({ type }) => type),
    ['whole number', 'date', 'yes or no', 'nothing'],
  );
});

const GUESSES: readonly [column: string, texts: readonly string[], of: Personal | null][] = [
  ['x', ['a@b.example', 'c@d.example'], 'contact'],
  ['x', ['07700 900123', '020 7946 0018'], 'contact'],
  ['home_postcode', ['SW1A 1AA', 'M1 1AE'], 'location'],
  ['SurName', ['Okafor', 'Lee', 'Novak'], 'name'],
  ['x', ['Emma Ross', 'James Lee', 'Unknown'], 'name'],
  ['date_of_birth', ['1980-01-02', '1971-11-30'], 'identifier'],
  ['x', ['AB 12 34 56 C', 'CE 98 76 54 D'], 'identifier'],
  ['customer_ref', ['10', '11', '12'], 'identifier'],
  ['remarks', ['please write to a@b.example about the parcel', 'it came a day late again this week'], 'contact'],
  ['company_name', ['Silver Birch', 'Wren Consulting'], null],
  ['order_id', ['10', '11', '12'], null],
  ['email_valid', ['Y', 'N', 'Y', 'N'], null],
  ['status', ['active', 'active', 'closed', 'closed'], null],
];
test('personal data is guessed from names and from texts, with a reason', async (t) => {
  for (const [name, texts, of] of GUESSES) {
    const { personal } = await columnOf(texts, name);
    t.is((personal?.confidence ?? 0) >= 0.5 ? personal?.class : null, of, `${name} ${texts[0]}`);
    if (of !== null) t.regex(personal?.reason ?? '', /^[A-Z0-9].{10,}\.$/);
  }
});

/** Texts of a made-up person, none of which may be shown. */
const person = fc.record({
  email: fc.stringMatching(/^[a-z]{6}\.[a-z]{6}@[a-z]{6}\.example$/),
  phone: fc.stringMatching(/^07[0-9]{9}$/),
  number: fc.stringMatching(/^[A-C]{2} [0-9]{2} [0-9]{2} [0-9]{2} [A-D]$/),
});
const cell = fc.oneof(
  fc.constantFrom('open', 'closed', '12', '2024-01-02', '', ' '),
  fc.string({ maxLength: 8 }).map((text) => text.replaceAll('\0', '')),
);

test('fits, unfit, nulls and empties add up to the rows, and no text of a person is shown', async (t) => {
  const rows = fc.array(fc.record({ it: person, mixed: fc.option(cell), other: cell }), { minLength: 1, maxLength: 12 });
  const property = fc.asyncProperty(rows, async (made) => {
    // each person comes three times: also what is common is not shown
    const all = [...made, ...made, ...made].map(({ it, mixed, other }, i) => ({
      status: i % 3 === 0 ? it.email : mixed,
      x: it.phone,
      other: i % 4 === 0 ? it.number : other,
    }));
    const found = await profiled(frameOf(all, ['status', 'x', 'other']));
    for (const { fits, unfit, nulls, empties, patterns } of found.files[0]?.columns ?? []) {
      if (fits + unfit + nulls + empties !== all.length) throw new Error('does not add up');
      if (patterns.reduce((sum, { count }) => sum + count, 0) > fits + unfit) throw new Error('more patterns than texts');
    }
    const shown = [JSON.stringify(found), String(found), profilePage(found), found.proposeContract()].join();
    for (const { it } of made) for (const text of Object.values(it)) if (shown.includes(text)) throw new Error(`shows ${text}`);
  });
  const run = await fc.check(property, { numRuns: 12, seed: 360 });
  t.false(run.failed, fc.defaultReportMessage(run as never) ?? '');
});

test('a column of too many different texts to count is described row by row to the same figures', async (t) => {
  const session = await opened;
  const odd: readonly (string | null)[] = [' ', null, 'x y', ' K-3', 'K-\u00e9'];
  const rows = times(50, (i) => ({ it: i % 5 === 0 ? (odd[i % 9] ?? null) : `K-${i % 20}` }));
  const texts = numbered(loose(frameOf(rows)));
  const asked = { name: 'it', texts, column: 'raw:0', rows: 50, hasValues: false };
  const exact = await profileColumn(session, { ...asked, about: 0 });
  const about = await profileColumn(session, { ...asked, about: EXACT_LIMIT + 1 });
  t.is(exact.type, 'code');
  t.like(about, { isDistinctExact: false });
  const same = ({ type, fits, unfit, nulls, empties, padded, lengths, patterns }: ColumnProfile) =>
    ({ type, fits, unfit, nulls, empties, padded, lengths, patterns }) as const;
  t.deepEqual(same(about), same(exact));
  t.true(about.padded > 0 && about.nulls > 0 && about.empties > 0 && about.distinct <= about.fits + about.unfit);
  t.regex(about.notes.join(), /first 200,000/);
  const [key] = await candidateKeys(
    session,
    numbered(loose(frameOf(times(30, (i) => ({ id: i }))))),
    [{ ...about, type: 'whole number', fits: 30, unfit: 0, nulls: 0, empties: 0, distinct: 29 }],
    30,
  );
  t.deepEqual(key, { columns: ['it'], duplicates: 0, missing: 0 });
});

test('values are shown where they are asked for', async (t) => {
  const frame = frameOf(times(6, () => ({ email: 'a@b.example' })));
  t.deepEqual((await profiled(frame)).files[0]?.columns[0]?.values, []);
  t.deepEqual((await profiled(frame, true)).files[0]?.columns[0]?.values, [{ value: 'a@b.example', count: 6 }]);
});

test('a notebook gets a bundle of a page’s part and of plain text, escaped', async (t) => {
  const found = await profiled(frameOf([{ '<b>': 'x' }, { '<b>': 'y' }]));
  const bundle = found[Symbol.for('daybook.display') as never] as unknown as () => Record<string, string>;
  const { 'text/html': html = '', 'text/plain': plain = '' } = bundle.call(found);
  t.true(html.startsWith('<div') && html.includes('&lt;b&gt;') && !html.includes('<b>'));
  t.regex(plain, /<b>: text, 100 % fit/);
});
