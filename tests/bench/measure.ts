import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TIMED = fileURLToPath(new URL('timed.py', import.meta.url));
const SAMPLE_MS = 25;
const PAGE_BYTES = 4096;

/** What a command cost with all its children, and what it printed. */
export interface Measured {
  readonly code: number;
  readonly cpuMs: number;
  readonly wallMs: number;
  /** The most resident memory of the whole process tree, as sampled. */
  readonly peakBytes: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in a fresh process and measures it: CPU from the kernel's accounts of its children, memory from /proc. */
export async function measure(command: readonly string[], env: NodeJS.ProcessEnv): Promise<Measured> {
  const report = join(tmpdir(), `daybook-bench-${process.pid}-cost.json`);
  const child = spawn('python3', [TIMED, report, ...command], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  let sampled = 0;
  const sampling = setInterval(() => {
    sampled = Math.max(sampled, child.pid === undefined ? 0 : residentBytesBelow(child.pid));
  }, SAMPLE_MS);
  await new Promise<void>((resolve, reject) => child.on('error', reject).on('close', () => resolve()));
  clearInterval(sampling);
  const cost = JSON.parse(readFileSync(report, 'utf8')) as Omit<Measured, 'stdout' | 'stderr'>;
  rmSync(report);
  return { ...cost, peakBytes: Math.max(sampled, cost.peakBytes), stdout, stderr };
}

/** Resident bytes of all descendants of a process, itself not included. */
function residentBytesBelow(root: number): number {
  const parents = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const parent = Number(fieldsOf(pid, 'stat').split(') ').at(-1)?.split(' ')[1]);
    parents.set(parent, [...(parents.get(parent) ?? []), pid]);
  }
  const below = (pid: number): number[] => (parents.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(root).reduce((sum, pid) => sum + Number(fieldsOf(pid, 'statm').split(' ')[1] ?? 0) * PAGE_BYTES, 0);
}

/** Empty where the process is gone. */
function fieldsOf(pid: number, file: 'stat' | 'statm'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
