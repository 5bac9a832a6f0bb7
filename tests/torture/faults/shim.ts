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

/** Of what folder the calls are written down where, and what goes wrong. A new `log` begins a new count. */
export interface Orders {
  readonly root: string;
  readonly log: string;
  readonly injection: Injection | null;
}

/** The variables that tell a preloaded shim what to do; without orders it does nothing. */
export const ordersOf = (orders: Orders | null): Record<string, string> => ({
  FAULTS_ROOT: orders?.root ?? '',
  FAULTS_LOG: orders?.log ?? '',
  FAULTS_AT: orders?.injection?.call ?? '',
  FAULTS_AS: orders?.injection?.fault ?? '',
});

/** The variables that preload the shim with orders. */
export const shimEnvironment = (shim: string, root: string, log: string, injection: Injection | null): NodeJS.ProcessEnv => ({
  LD_PRELOAD: shim,
  ...ordersOf({ root, log, injection }),
});
