import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { ProfileDocument } from '../../toolkit/profile/index.ts';
import { chance } from '../chance.ts';
import { isThreeLineError } from '../three-lines.ts';
import { golden } from './golden.ts';
import { daybook, folder } from './scene.ts';

const NAMES = ['Emma Ross', 'James Okafor', 'Aisha Lee', 'Noah Singh', 'Zoe Novak'];
const STATES = ['open', 'open', 'open', 'closed', 'Closed', 'on hold'];

/** Sixty members, three of them faulty, and their visits. */
function scene(t: ExecutionContext): string {
  const path = folder(t);
  const random = chance(5);
  const of = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const member = (i: number) => {
    const name = of(NAMES);
    const mail = `${name.toLowerCase().replace(' ', '.')}${i}@post.example`;
    return [
      1000 + i,
      name,
      i === 7 ? 'none' : mail,
      `07700 900${100 + i}`,
      of(STATES),
      `20${10 + (i % 14)}-0${1 + (i % 9)}-1${i % 10}`,
      (i * 1.25).toFixed(2),
    ];
  };
  const members = Array.from({ length: 60 }, (_, i) => member(i).join(','));
  members[9] = '1009,short';
  members[30] = '1029,"Emma ""E"" Ross",,+44 7700 900130, open ,31/12/2020,9000.00';
  const visits = Array.from({ length: 40 }, (_, i) =>
    JSON.stringify({ visit: `V-${500 + i}`, member_id: 1010 + i * 2, note: i % 9 === 0 ? 'call a.b@post.example about the gate at once' : null }),
  );
  writeFileSync(join(path, 'members.csv'), `member_id,full_name,email,phone,state,joined,fee\n${members.join('\n')}\n`);
  writeFileSync(join(path, 'visits.ndjson'), `${visits.join('\n')}\n`);
  return path;
}

const isPersonal = /@post\.example|07700|900\d{3}\b|Okafor|Novak|Aisha|Emma/;

test('a profile is text that fits forty and eighty columns, and shows nobody', async (t) => {
  const cwd = scene(t);
  for (const columns of [40, 80]) {
    const { code, out } = await daybook(['profile', 'members.csv', 'visits.ndjson'], { cwd, columns, env: { NO_COLOR: '1' } });
    t.is(code, 0);
    t.deepEqual(
      out.split('\n').filter((line) => line.length > columns),
      [],
    );
    t.notRegex(out, isPersonal);
    golden(t, `profile-${columns}`, out);
  }
  const { out } = await daybook(['profile', 'members.csv'], { cwd, env: { INK_SCREEN_READER: 'true', LANG: 'C' } });
  t.notRegex(out, /[^ -~\n]/);
});

test('the same as JSON, as a page and as a contract', async (t) => {
  const cwd = scene(t);
  const forms = [
    ['profile-json', '--json'],
    ['profile-html', '--format', 'html'],
    ['profile-contract', '--contract'],
  ] as const;
  for (const [name, ...flags] of forms) {
    const { code, out, err } = await daybook(['profile', 'members.csv', 'visits.ndjson', ...flags], { cwd });
    t.is(code, 0, err);
    t.notRegex(out, isPersonal);
    if (name !== 'profile-html') t.notRegex(out, /https?:/);
    golden(t, name, name === 'profile-json' ? `${JSON.stringify(JSON.parse(out), null, 2)}\n` : out);
  }
});

test('a page fetches nothing, and every table has a caption and headings', async (t) => {
  const cwd = scene(t);
  const { code, err, out } = await daybook(['profile', 'members.csv', '--format', 'html', '--out', 'page.html'], { cwd });
  t.deepEqual([code, out], [0, '']);
  t.regex(err, /Written: page\.html/);
  t.is(statSync(join(cwd, 'page.html')).mode & 0o777, 0o600);
  const page = readFileSync(join(cwd, 'page.html'), 'utf8');
  t.notRegex(page, /<script|<link|\b(?:src|href)=|url\(|@import/);
  t.is(page.split('<table').length, page.split('<caption').length);
  t.is(page.split('<table').length, page.split('<thead').length);
  t.is((await daybook(['profile', 'members.csv', '--format', 'html', '--out', 'page.html'], { cwd })).code, 73);
});

test('values of personal columns are shown to who asks for them', async (t) => {
  const cwd = scene(t);
  const named = ['profile', 'members.csv', '--json'];
  const valuesOf = async (...flags: string[]) => {
    const { files } = JSON.parse((await daybook([...named, ...flags], { cwd })).out) as ProfileDocument;
    return files[0]?.columns.find(({ name }) => name === 'full_name')?.values.length;
  };
  t.is(await valuesOf(), 0);
  t.true(((await valuesOf('--values')) ?? 0) > 0);
});

test('a file that is not there, is none, or cannot be read ends with its own code', async (t) => {
  const cwd = folder(t);
  mkdirSync(join(cwd, 'sub'));
  writeFileSync(join(cwd, 'empty.csv'), '');
  writeFileSync(join(cwd, 'zip.csv'), Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]));
  writeFileSync(join(cwd, 'clash.csv'), 'a,A\n1,2\n');
  writeFileSync(join(cwd, 'no.json'), 'x');
  const ends: readonly [file: string | null, code: number][] = [
    ['none.csv', 66],
    ['sub', 66],
    ['empty.csv', 65],
    ['zip.csv', 65],
    ['no.json', 65],
    ['clash.csv', 65],
    [null, 64],
  ];
  for (const [file, code] of ends) {
    const said = await daybook(['profile', ...(file === null ? [] : [file])], { cwd });
    t.like(said, { code, out: '' }, `${file} ${said.err}`);
    t.true(isThreeLineError(said.err), said.err);
    t.notRegex(said.err, /sources\./);
  }
});
