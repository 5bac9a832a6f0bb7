import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { libraryVersions } from './python.ts';

/** One measured run of a job. */
export interface Run {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly peakBytes: number;
  readonly engineCpuMs: number;
  readonly engineWallMs: number;
}

/** All rounds of a job; none where it was not right. */
export interface Result {
  readonly name: string;
  readonly title: string;
  readonly runs: readonly Run[];
}

/** A Markdown table of medians, spread and ratios: what the product takes divided by what the peer takes, so below 1 the product is cheaper. */
export function resultTable(results: readonly Result[]): string {
  const product = results.find(({ name }) => name === 'daybook');
  const lines = results.map((result) => {
    if (result.runs.length === 0) return `| ${result.title} | not right, not timed | | | | | |`;
    const ratio = (key: keyof Run): string =>
      product === undefined || product.runs.length === 0 ? '' : (median(product.runs, key) / median(result.runs, key)).toFixed(2);
    const seconds = (key: keyof Run): string => `${(median(result.runs, key) / 1000).toFixed(2)} (${spread(result.runs, key)})`;
    const cells = [
      seconds('cpuMs'),
      seconds('wallMs'),
      megabytes(median(result.runs, 'peakBytes')),
      seconds('engineCpuMs'),
      ratio('cpuMs'),
      ratio('wallMs'),
    ];
    return `| ${result.title} | ${cells.join(' | ')} |`;
  });
  return [
    '| job | CPU, s | wall, s | peak memory, MB | engine part, CPU s | Daybook / it, CPU | Daybook / it, wall |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...lines,
  ].join('\n');
}

/** The machine and the versions, in one line. */
export function machineLine(): string {
  const [cpu] = cpus();
  const duckdb = versionOf('@duckdb/node-api');
  const load = readFileSync('/proc/loadavg', 'utf8').split(' ')[0];
  const parts = [`${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}`, `${Math.round(totalmem() / 1024 ** 3)} GB`, `Node ${process.versions.node}`];
  return [...parts, `@duckdb/node-api ${duckdb}`, ...libraryVersions(), `load average at the end ${load}`].join(' · ');
}

export function median(runs: readonly Run[], key: keyof Run): number {
  const sorted = runs.map((run) => run[key]).toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

function spread(runs: readonly Run[], key: keyof Run): string {
  const values = runs.map((run) => run[key] / 1000);
  return `${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)}`;
}

const megabytes = (bytes: number): string => String(Math.round(bytes / 1e6));

function versionOf(name: string): string {
  const path = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
