import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** What goes wrong at a call; see shim.c. */
export type Fault = 'ENOSPC' | 'EIO' | 'KILL' | 'FULL';

/** A fault at a call, by the call's name. */
export interface Injection {
  readonly call: string;
  readonly fault: Fault;
}

/** Compiles the shim into a folder. Gives its path, or null with the reason where there is no compiler or no way to preload. */
export function compileShim(folder: string): { readonly shim: string | null; readonly reason: string } {
  if (process.platform !== 'linux') return { shim: null, reason: 'faults are injected on Linux alone' };
  const shim = join(folder, 'shim.so');
  try {
    execFileSync('gcc', ['-O2', '-shared', '-fPIC', '-o', shim, join(import.meta.dirname, 'shim.c'), '-lpthread'], { stdio: 'pipe' });
  } catch {
    return { shim: null, reason: 'there is no gcc that compiles tests/torture/faults/shim.c' };
  }
  return { shim, reason: '' };
}

/** The variables that preload the shim. */
export const shimEnvironment = (shim: string, root: string, log: string, injection: Injection | null): NodeJS.ProcessEnv => ({
  LD_PRELOAD: shim,
  FAULTS_ROOT: root,
  FAULTS_LOG: log,
  FAULTS_AT: injection?.call ?? '',
  FAULTS_AS: injection?.fault ?? '',
});
