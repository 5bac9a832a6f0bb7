import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compilePeer } from './compile-peer.ts';
import type { Input } from './input.ts';
import type { Counts } from './judge.ts';
import { pythonOf } from './python.ts';

export const AS_OF = '2026-01-01';
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CLI = join(ROOT, 'dist/cli/main.js');

/** What a job says of itself on stdout. */
export interface JobReport extends Counts {
  /** CPU and wall milliseconds spent on loading SQLite; the rest is the engine part. */
  readonly load: { readonly cpuMs: number; readonly wallMs: number };
}

/** One way of doing the work: a command that reads five sources and leaves `customer_enriched` in a SQLite file. */
export interface Job {
  readonly name: string;
  readonly title: string;
  readonly table: (folder: string) => string;
  readonly command: (input: Input, folder: string) => readonly string[];
  readonly report: (stdout: string) => JobReport;
}

/** The jobs by name, the product first. Those that cannot run here come with the reason. */
export function jobsNamed(names: readonly string[]): { readonly jobs: readonly Job[]; readonly missing: readonly string[] } {
  const jobs: Job[] = [];
  const missing: string[] = [];
  for (const name of names) {
    try {
      jobs.push(jobNamed(name));
    } catch (error) {
      missing.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { jobs, missing };
}

/** An empty folder for a run, or a copy of what an earlier run left. */
export function freshFolder(folder: string, from?: string): string {
  rmSync(folder, { recursive: true, force: true });
  if (from === undefined) mkdirSync(folder, { recursive: true });
  else cpSync(from, folder, { recursive: true });
  return folder;
}

function jobNamed(name: string): Job {
  if (name === 'daybook') return product();
  if (name === 'pandas' || name === 'polars') {
    const python = pythonOf(name);
    return peer(name, name === 'pandas' ? 'pandas, by hand' : 'Polars, by hand', [python, join(ROOT, `tests/bench/peers/${name}_job.py`)]);
  }
  if (name === 'duckdb') return peer(name, 'DuckDB SQL, by hand', [process.execPath, compilePeer('duckdb_job.ts')]);
  throw new RangeError('no such job; there are daybook, pandas, polars and duckdb.');
}

function product(): Job {
  if (!existsSync(CLI)) throw new Error('dist/cli/main.js is not there. Run: npm run build');
  const extensions = process.env.DAYBOOK_BENCH_EXTENSIONS;
  const table = (folder: string): string => join(folder, 'warehouse.sqlite');
  return {
    name: 'daybook',
    title: 'Daybook',
    table,
    command: (input, folder) => {
      const settings = {
        ...Object.fromEntries(Object.entries(input).map(([source, path]) => [`sources.${source}`, String(path)])),
        'warehouse.path': table(folder),
        'state.dir': join(folder, 'state'),
        'quality.gates': 'off',
        ...(extensions === undefined ? {} : { 'engine.extensions': extensions }),
      };
      const set = Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
      return [process.execPath, CLI, 'run', 'customer-360', ...set, '--as-of', AS_OF, '--json'];
    },
    report: (stdout) => {
      const run = JSON.parse(stdout) as Counts & { steps: { name: string; ms: number; cpuMs: number }[] };
      const publish = run.steps.filter(({ name }) => name === 'publish');
      const total = (key: 'ms' | 'cpuMs'): number => publish.reduce((sum, step) => sum + step[key], 0);
      return { rows: run.rows, rules: run.rules, load: { cpuMs: total('cpuMs'), wallMs: total('ms') } };
    },
  };
}

function peer(name: string, title: string, start: readonly string[]): Job {
  const table = (folder: string): string => join(folder, 'out.sqlite');
  return {
    name,
    title,
    table,
    command: (input, folder) => {
      const sources = Object.entries(input).flatMap(([source, path]) => [`--${source}`, String(path)]);
      return [...start, ...sources, '--out', table(folder), '--as-of', AS_OF];
    },
    report: (stdout) => {
      const run = JSON.parse(stdout) as Counts & { phases: { name: string; wallMs: number; cpuMs: number }[] };
      const { cpuMs, wallMs } = run.phases.find((phase) => phase.name === 'sqlite') ?? { cpuMs: 0, wallMs: 0 };
      return { rows: run.rows, rules: run.rules, load: { cpuMs, wallMs } };
    },
  };
}
