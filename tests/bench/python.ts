import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));

/** The folder of the virtual environment: DAYBOOK_BENCH_VENV, or one below the system's temporary folder. */
const venvFolder = (): string => process.env.DAYBOOK_BENCH_VENV ?? join(tmpdir(), 'daybook-bench', 'venv');

/**
 * The Python that has a library and ADBC; makes the environment where it is missing, package by package, so that one that cannot be had stops its own job alone.
 *
 * @throws Error when the library cannot be had.
 */
export function pythonOf(library: string): string {
  const python = join(venvFolder(), 'bin', 'python');
  if (!existsSync(python)) install(python);
  const tried = spawnSync(python, ['-c', `import ${library}, pyarrow, adbc_driver_sqlite.dbapi`], { encoding: 'utf8' });
  if (tried.status !== 0) throw new Error(`"${library}" cannot be had here (${lastLine(tried.stderr) || 'no Python 3 with venv'}).`);
  return python;
}

/** Names and versions of the installed libraries that the figures rest on. */
export function libraryVersions(): string[] {
  const python = join(venvFolder(), 'bin', 'python');
  if (!existsSync(python)) return [];
  const program =
    'import importlib.metadata as m\nfor n in ("pandas", "polars", "pyarrow", "adbc-driver-sqlite"):\n  try: print(n, m.version(n))\n  except m.PackageNotFoundError: pass';
  return spawnSync(python, ['-c', program], { encoding: 'utf8' }).stdout.trim().split('\n').filter(Boolean);
}

function install(python: string): void {
  spawnSync('python3', ['-m', 'venv', venvFolder()], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (!existsSync(python)) return;
  for (const requirement of readFileSync(REQUIREMENTS, 'utf8').split('\n').filter(Boolean)) {
    spawnSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', requirement], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
}

const lastLine = (text: string | null): string => (text ?? '').trim().split('\n').at(-1) ?? '';
