import test from 'ava';
import { COMMANDS, subcommandsOf } from '../../cli/command-table.ts';
import { golden } from './golden.ts';
import { daybook } from './scene.ts';

test('the help lists every command', async (t) => {
  const { code, out, err } = await daybook(['--help'], { columns: 80, env: { NO_COLOR: '1' } });
  t.is(code, 0);
  t.is(err, '');
  golden(t, 'help', out);
});

test('the help fits forty columns', async (t) => {
  const { out } = await daybook(['--help'], { columns: 40, env: { NO_COLOR: '1' } });
  t.true(out.split('\n').every((line) => line.length <= 40));
  golden(t, 'help-40', out);
});

for (const { name, load, summary } of COMMANDS) {
  test(`the help of ${name} has its summary, usage and an example`, async (t) => {
    const { code, out } = await daybook([...name.split(' '), '--help'], { columns: 80, env: { NO_COLOR: '1' } });
    t.is(code, 0);
    const command = await load();
    t.is(command.summary, summary);
    t.is(command.name, name);
    t.true(command.examples.every(([line]) => line.startsWith(`daybook ${name}`)));
    golden(t, `help-${name.replace(' ', '-')}`, out);
  });
}

test('a group has a help of its own', async (t) => {
  const { code, out } = await daybook(['runs', '--help']);
  t.is(code, 0);
  t.regex(out, /runs list[\s\S]*runs show/);
  t.deepEqual(subcommandsOf('runs'), ['list', 'show', 'compare', 'prune']);
});

test('"help run" is "run --help"', async (t) => {
  t.is((await daybook(['help', 'run'])).out, (await daybook(['run', '--help'])).out);
  t.is((await daybook(['help'])).out, (await daybook(['--help'])).out);
});

test('--version says the version', async (t) => {
  t.deepEqual(await daybook(['--version']), { code: 0, out: '0.1.0\n', err: '' });
});
