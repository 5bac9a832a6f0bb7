import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { type Line, lineOf, ReplayScene, rawOf } from './replay-scene.ts';

const path = mkdtempSync(join(tmpdir(), 'daybook-corrections-'));
const scene = ReplayScene.in(path);
let run = '';
let exported: readonly Line[] = [];
test.before(async () => {
  run = await scene.run();
  await scene.correct(run, (lines) => void (exported = lines));
});
test.after.always(() => rmSync(path, { recursive: true, force: true }));

test.serial('a file that is not there, or is a folder', async (t) => {
  for (const [file, what] of [
    [scene.file('none'), /does not exist/],
    [scene.path, /is no ordinary file/],
  ] as const) {
    const said = await scene.replay(run, file);
    t.is(said.code, 66);
    t.regex(said.err, what);
  }
  t.is((await scene.ask(['rejects', 'replay', run])).code, 64);
});

/**
 * Corrections that are refused before any run begins. `change` gives the line that is at fault, or the text of the whole file, whose
 * line at fault is `at`.
 */
const refused = test.macro(async (t, what: RegExp, change: (lines: Line[]) => Line | string, at: number | null = null) => {
  let line = at;
  const file = await scene.correct(run, (lines) => {
    const given = change(lines);
    if (typeof given !== 'string') line = lines.indexOf(given) + 1;
    return given;
  });
  const said = await scene.replay(run, file);
  t.is(said.code, 65, said.err);
  t.is(said.out, '');
  const lines = said.err.trimEnd().split('\n');
  t.is(lines.length, 3, said.err);
  t.regex(lines[0] ?? '', what);
  t.is(lines[1]?.split(',')[0], `  at ${file}${line === null ? '' : `:${line}`}`);
  t.regex(lines[2] ?? '', /^Fix: /);
  t.notRegex(said.err, /Planted|secret/);
  t.deepEqual(readdirSync(scene.file('state/runs')), [run]);
});
/** One line of an export becomes another. */
const where =
  (source: string, rule: string, change: (line: Line) => unknown) =>
  (lines: Line[]): Line => {
    const line = lineOf(lines, source, rule);
    change(line);
    return line;
  };
const raw = (change: object) => (line: Line) => Object.assign(rawOf(line), change);
const EVE = ['crm', 'customer_id.invalid'] as const;

test.serial('nothing is corrected', refused, /Nothing is corrected/, () => readExport());
test.serial(
  'an export without values',
  refused,
  /There is no "raw" to correct/,
  () => readExport((line) => ({ ...line, raw: undefined, value: undefined })),
  1,
);
test.serial(
  'an export of another run',
  refused,
  /of another run than/,
  where(...EVE, (line) => Object.assign(line, { run_id: '20200101T000000Z-secret' })),
);
test.serial(
  'a record that was not refused',
  refused,
  /names no rule that was broken/,
  where(...EVE, (line) => Object.assign(line, { record: 1 })),
);
test.serial(
  'a rule that the record did not break',
  refused,
  /names no rule/,
  where(...EVE, (line) => Object.assign(line, { rule: 'secret' })),
);
test.serial(
  'a record that was only warned of',
  refused,
  /not refused, only warned of/,
  where('crm', 'email.invalid', (line) => Object.assign(line, { raw: { customer_id: '4' } })),
);
test.serial(
  'a correction that is no JSON',
  refused,
  /is no JSON object/,
  where(...EVE, (line) => Object.assign(line, { raw: '{"customer_id":"secret"' })),
);
test.serial(
  'a correction that is a text',
  refused,
  /is no JSON object/,
  where(...EVE, (line) => Object.assign(line, { raw: '"secret"' })),
);
test.serial(
  'a correction with another column',
  refused,
  /has a column that the exported one does not have/,
  where(...EVE, raw({ secret: 'secret' })),
);
test.serial(
  'a correction without a column',
  refused,
  /lacks "customer_id"/,
  where(...EVE, (line) => delete rawOf(line)['customer_id']),
);
test.serial(
  'two lines that contradict each other',
  refused,
  /Record 6 of "crm.csv" of "crm" is corrected in two ways, in lines \d and \d/,
  (lines) => {
    where(...EVE, raw({ customer_id: '6' }))(lines);
    return where('crm', 'phone.invalid', raw({ customer_id: '7' }))(lines);
  },
);
test.serial('one line corrected and another emptied', refused, /in two ways/, (lines) => {
  where(...EVE, raw({ customer_id: '6' }))(lines);
  return where('crm', 'phone.invalid', (line) => Object.assign(line, { raw: '' }))(lines);
});
test.serial('a column for remarks', refused, /a column that an export does not have: "remark"/, () =>
  readExport((line) => ({ ...line, remark: 'secret' })),
);
test.serial('a line that is cut off', refused, /cannot be read. The line is no JSON/, () => `${readExport()}{"run_id":"secret\n`, 12);
test.serial('a CSV that a spreadsheet parted by semicolons', refused, /seems to be separated by semicolons/, () => 'run_id;source;file\n', 1);
test.serial('an empty file', refused, /is empty/, () => '');

/** The export as it was, each line changed. */
function readExport(change: (line: Line) => object = (line) => line): string {
  return exported.map((line) => `${JSON.stringify(change(line))}\n`).join('');
}
