import test from 'ava';
import { programOf } from '../../cli/real-effects.ts';
import { toAscii } from '../../cli/render/glyphs.ts';
import { ago, bytes, count, duration, percent } from '../../cli/render/numbers.ts';
import { listing, pairs, table } from '../../cli/render/table.ts';
import { isColoured, isUnicode, themeOf } from '../../cli/render/theme.ts';
import { wrap } from '../../cli/render/wrap.ts';

const says = test.macro((t, given: string, expected: string) => t.is(given, expected));
test('a thousand has a separator', says, count(1234567), '1,234,567');
test('three digits have none', says, count(999), '999');
test('a share has one decimal', says, percent(82, 2082), '3.9 %');
test('a tiny share is not nothing', says, percent(1, 100_000), '<0.1 %');
test('nearly all is not all', says, percent(99_999, 100_000), '>99.9 %');
test('a share of nothing is none', says, percent(0, 0), '-');
test('a short time is in milliseconds', says, duration(480), '480 ms');
test('a time is in seconds', says, duration(3210), '3.2 s');
test('nearly a minute is a minute', says, duration(59_960), '1 min 0 s');
test('a long time is in minutes', says, duration(72_000), '1 min 12 s');
test('bytes have a unit', says, bytes(1_536_000_000), '1.5 GB');
test('bytes round up to the next unit', says, bytes(999_999), '1.0 MB');
test('how long ago is rough', says, ago(7_300_000), '2 hours ago');
test('typography has an ASCII form', says, toAscii('one’s – “x” …'), 'one\'s - "x" ...');

const paper = { width: 60, theme: themeOf(false), isPlain: false };

test('a table is aligned, its flexible column broken', (t) => {
  const lines = table(
    [
      { title: 'n', align: 'right' },
      { title: 'what', isFlexible: true },
    ],
    [
      ['1', 'short'],
      ['1,000', 'a text that is longer than what is left of it'],
    ],
    { ...paper, width: 30 },
  );
  t.deepEqual(lines, ['    n  what', '    1  short', '1,000  a text that is longer', '       than what is left of it']);
});

test('a table that does not fit becomes words', (t) => {
  const columns = [{ title: 'source' }, { title: 'read' }, { title: 'refused' }];
  t.deepEqual(table(columns, [['crm', '2,082', '82']], { ...paper, width: 16 }), ['crm: read 2,082,', '  refused 82']);
  t.deepEqual(table(columns, [['crm', '2,082', '82']], { ...paper, isPlain: true }), ['crm: read 2,082, refused 82']);
});

test('colours take no room', (t) => {
  const { bad } = themeOf(true);
  t.deepEqual(
    table(
      [{ title: 'a' }, { title: 'b' }],
      [
        [bad('x'), 'y'],
        ['xx', 'y'],
      ],
      paper,
    ).map((line) => line.replace(/\u001b\[\d+m/g, '')),
    ['a   b', 'x   y', 'xx  y'],
  );
});

test('names and texts stand beside one another, or in one line each', (t) => {
  t.deepEqual(
    pairs(
      [
        ['a', 'x'],
        ['long', 'y'],
      ],
      paper,
    ),
    ['a     x', 'long  y'],
  );
  t.deepEqual(pairs([['log', 'a/path/that/does/not/fit']], { ...paper, width: 20 }), ['log:', '  a/path/that/does/not/fit']);
});

test('what a person types stays in one piece', (t) => {
  t.deepEqual(listing([['daybook rejects show latest', 'what was refused, and where']], { ...paper, width: 30 }), [
    'daybook rejects show latest',
    '  what was refused, and where',
  ]);
});

test('a long word is not broken, an indent is kept', (t) => {
  t.deepEqual(wrap('  at /a/very/long/path here', 10, '  '), ['  at', '  /a/very/long/path', '  here']);
});

const colours = test.macro((t, env: Record<string, string>, isTTY: boolean, expected: boolean) => t.is(isColoured(env, { isTTY }), expected));
test('a terminal is coloured', colours, {}, true, true);
test('a pipe is not', colours, {}, false, false);
test('NO_COLOR is obeyed', colours, { NO_COLOR: '1' }, true, false);
test('an empty NO_COLOR is none', colours, { NO_COLOR: '' }, true, true);
test('FORCE_COLOR colours a pipe', colours, { FORCE_COLOR: '1' }, false, true);
test('FORCE_COLOR=0 colours nothing', colours, { FORCE_COLOR: '0' }, true, false);
test('a dumb terminal is not coloured', colours, { TERM: 'dumb' }, true, false);

test('more than ASCII is shown where the locale says UTF-8', (t) => {
  t.true(isUnicode({ LANG: 'en_GB.UTF-8' }, 'linux'));
  t.false(isUnicode({ LANG: 'C' }, 'linux'));
  t.false(isUnicode({ LC_ALL: 'POSIX', LANG: 'en_GB.UTF-8' }, 'linux'));
  t.false(isUnicode({ LANG: 'en_GB.UTF-8', TERM: 'dumb' }, 'linux'));
});

test('commands are shown as they can be typed here', (t) => {
  t.is(programOf('/usr/bin/daybook', {}, '/p'), 'daybook');
  t.is(programOf('/p/node_modules/.bin/daybook', { npm_execpath: 'x' }, '/p'), 'npx daybook');
  t.is(programOf('/p/dist/cli/main.js', { npm_execpath: 'x' }, '/p'), 'npx daybook');
  t.is(programOf('/p/dist/cli/main.js', {}, '/p'), 'node dist/cli/main.js');
});
