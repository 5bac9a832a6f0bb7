import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { daybook, folder, ROOT } from '../cli/scene.ts';

/** A command of a page, and the lines that the page says it prints. */
interface Shown {
  readonly command: string;
  readonly output: readonly string[];
}

/** The commands in the code blocks of a section: each begins with a dollar sign. */
function commandsOf(section: string): Shown[] {
  return [...section.matchAll(/^```\n(\$ [\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const [command = '', ...output] = part.trimEnd().split('\n');
        return { command, output };
      }),
  );
}

/** The lines as a pattern: `...` stands for any lines, an id for any id. */
function patternOf(lines: readonly string[]): RegExp {
  const parts = lines.map((line) => (line === '...' ? '(?:.*\\n)*?' : `${line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(RUN, RUN.source)}\\n`));
  return new RegExp(`^${parts.join('')}$`);
}
const RUN = /\d{8}T\d{6}Z-[0-9a-f]{6}/g;

/** A project of its own with this repository's pipelines and samples. */
function project(t: ExecutionContext): string {
  const cwd = folder(t);
  mkdirSync(join(cwd, 'data'));
  for (const name of ['samples', 'lookups']) symlinkSync(join(ROOT, 'data', name), join(cwd, 'data', name));
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ type: 'module', daybook: { pipelines: join(ROOT, 'toolkit/pipelines') } }));
  return cwd;
}

/** Runs a command as a person types it: Daybook without a process of its own, all else in a shell. */
async function typed(command: string, cwd: string): Promise<{ readonly code: number | null; readonly said: string }> {
  const [, words] = /^npx daybook (.*)$/.exec(command) ?? [];
  if (words === undefined) {
    const { status, stdout } = spawnSync('sh', ['-c', `{ ${command}; } 2>&1`], { cwd, encoding: 'utf8' });
    return { code: status, said: stdout };
  }
  const { code, out, err } = await daybook(words.split(' '), { cwd });
  return { code, said: err + out };
}

test('the walk through the rejects does what the page says', async (t) => {
  const page = readFileSync(join(ROOT, 'docs/DATA-QUALITY.md'), 'utf8');
  const section = page.slice(page.indexOf('## A walk through'));
  const named = [...new Set(section.match(RUN))].sort();
  const cwd = project(t);
  t.is((await typed('npx daybook run customer-360', cwd)).code, 0);
  const shown = commandsOf(section);
  t.is(shown.length, 8);
  for (const { command, output } of shown) {
    // The page's runs are, in their order, the runs that were made here.
    const made = readdirSync(join(cwd, '.daybook/runs')).sort();
    const here = made.reduce((text, id, i) => text.replaceAll((named[i] ?? id).slice(-6), id.slice(-6)), command);
    const { code, said } = await typed(here, cwd);
    t.is(code, 0, `${command}\n${said}`);
    t.regex(said, patternOf(output), command);
  }
});
