import { setTimeout as pause } from 'node:timers/promises';
import pRetry, { type RetryContext } from 'p-retry';
import { DaybookError } from '../../errors/index.ts';
import { ServiceFault, type ServiceFaultKind } from './fault.ts';

/** How long and how often a service is asked. */
export interface PatienceLimits {
  readonly timeoutMs: number;
  /** Further tries of a request that failed in passing. */
  readonly retries: number;
  /** The longest wait before the first further try; it doubles with each, and a random share of it is waited. */
  readonly backoffMs: number;
  /** So many failures in a row, and the service is left alone. */
  readonly breakAfter: number;
  /** For all requests together. */
  readonly budgetMs: number;
}

/** Why a service was left alone: it failed too often in a row, the budget is used up, or it asks for a longer break than that. */
export type GaveUp = 'failures' | 'budget' | 'rate-limit';

/** Clock, chance and waiting; tests pass their own. */
export interface PatienceEffects {
  readonly elapsedMs: () => number;
  readonly random: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

const REAL: PatienceEffects = {
  elapsedMs: () => performance.now(),
  random: Math.random,
  wait: (ms, signal) => pause(ms, undefined, { signal }),
};
const LONGEST_BACKOFF_MS = 10_000;

/** A request that was not sent. */
class LeftAlone extends Error {}

/** The patience with one service during one run, shared by all requests to it: retries, a circuit breaker and a budget of time. */
export class Patience {
  requests = 0;
  readonly failures = new Map<ServiceFaultKind, number>();
  #gaveUp: GaveUp | null = null;
  #failuresInARow = 0;
  /** A service that asks for a break is asked nothing before. */
  #breakUntilMs = 0;
  readonly #deadlineMs: number;

  constructor(
    readonly limits: PatienceLimits,
    readonly signal: AbortSignal,
    readonly effects: PatienceEffects = REAL,
  ) {
    this.#deadlineMs = effects.elapsedMs() + limits.budgetMs;
  }

  /** Null while the service may be asked. */
  get gaveUp(): GaveUp | null {
    return this.#gaveUp;
  }

  /** Does a request until it succeeds; null where patience ends before. @throws DaybookError `run.cancelled` */
  async try<T>(request: (timeoutMs: number) => Promise<T>): Promise<T | null> {
    try {
      const { retries } = this.limits;
      return await pRetry(() => this.#once(request), { retries, minTimeout: 0, signal: this.signal, shouldRetry: (it) => this.#backsOff(it) });
    } catch (fault) {
      if (this.signal.aborted) throw new DaybookError('run.cancelled', {});
      if (fault instanceof ServiceFault || fault instanceof LeftAlone) return null;
      throw fault;
    }
  }

  async #once<T>(request: (timeoutMs: number) => Promise<T>): Promise<T> {
    await this.#wait(this.#breakUntilMs - this.effects.elapsedMs(), 'rate-limit');
    const leftMs = this.#deadlineMs - this.effects.elapsedMs();
    if (leftMs <= 0) this.#gaveUp ??= 'budget';
    if (this.#gaveUp) throw new LeftAlone();
    this.requests += 1;
    try {
      const answer = await request(Math.ceil(Math.min(this.limits.timeoutMs, leftMs)));
      this.#failuresInARow = 0;
      return answer;
    } catch (fault) {
      if (fault instanceof ServiceFault) this.#note(fault);
      throw fault;
    }
  }

  #note({ kind, retryAfterMs }: ServiceFault): void {
    this.failures.set(kind, (this.failures.get(kind) ?? 0) + 1);
    this.#failuresInARow += 1;
    if (this.#failuresInARow >= this.limits.breakAfter) this.#gaveUp ??= 'failures';
    if (retryAfterMs !== null) this.#breakUntilMs = Math.max(this.#breakUntilMs, this.effects.elapsedMs() + retryAfterMs);
  }

  /** Waits before a further try, with full jitter; false where there shall be none. */
  async #backsOff({ error, retriesConsumed }: RetryContext): Promise<boolean> {
    if (!(error instanceof ServiceFault) || !error.isPassing || this.#gaveUp) return false;
    const longestMs = Math.min(LONGEST_BACKOFF_MS, this.limits.backoffMs * 2 ** retriesConsumed);
    await this.#wait(this.effects.random() * longestMs, 'budget');
    return this.#gaveUp === null;
  }

  /** A wait that would outlast the budget is the end of it. */
  async #wait(ms: number, otherwise: GaveUp): Promise<void> {
    if (ms <= 0) return;
    if (this.effects.elapsedMs() + ms >= this.#deadlineMs) this.#gaveUp ??= otherwise;
    else await this.effects.wait(ms, this.signal);
  }
}
