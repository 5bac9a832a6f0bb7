import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run-in-folder.ts';

/**
 * A Python that has some packages from PyPI, in an environment of its own under node_modules; made once, and anew where the packages are others.
 *
 * @param packages each with its version: `jupyter_client==8.6.3`
 * @throws Error where there is no Python with `venv`, or the packages cannot be had
 */
export function pythonWith(name: string, packages: readonly string[]): string {
  const folder = join(ROOT, 'node_modules/.cache/daybook', name);
  const [python, mark] = [join(folder, 'bin/python'), join(folder, 'packages.txt')];
  const wanted = packages.join('\n');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return python;
  run('python3', ['-m', 'venv', '--clear', folder]);
  run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]);
  writeFileSync(mark, wanted);
  return python;
}

function run(command: string, words: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`"${command} ${words.join(' ')}" failed (Debian: apt-get install python3-venv): ${error?.message ?? stderr}`);
}
