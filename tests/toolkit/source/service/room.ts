import type { ExecutionContext } from 'ava';
import { askService, PROTOCOLS, type ServiceReply, serviceAddress } from '../../../../toolkit/source/index.ts';
import type { ServiceQuestion } from '../../../../toolkit/source/service/ask-service.ts';
import { type Behaviour, PostcodeService } from '../../../postcode-service.ts';

/** So many postcodes, each once. */
export const postcodes = (n: number): string[] =>
  Array.from({ length: n }, (_, i) => `AB${1 + (i % 99)} ${i % 10}${'ABDEFGHJLN'[Math.floor(i / 990)]}A`);
export const LIMITS = { timeoutMs: 5_000, retries: 3, backoffMs: 400, breakAfter: 8, budgetMs: 60_000, concurrency: 1 };

/** A clock that stands still but for the waits, which are written down. */
export function stillClock() {
  const waits: number[] = [];
  let nowMs = 0;
  const effects = {
    elapsedMs: () => nowMs,
    random: () => 0.5,
    wait: async (ms: number) => {
      waits.push(ms);
      nowMs += ms;
    },
  };
  return { waits, effects, pass: (ms: number) => (nowMs += ms) };
}

export async function serviceFor(t: ExecutionContext, ...next: Behaviour[]): Promise<PostcodeService> {
  const service = await PostcodeService.start();
  service.next.push(...next);
  t.teardown(() => service.stop());
  return service;
}

interface Heard extends ServiceReply {
  readonly answers: Map<string, unknown>;
  readonly waits: readonly number[];
}

export async function ask(
  url: string,
  keys: readonly string[],
  limits: Partial<typeof LIMITS> = {},
  more: Partial<ServiceQuestion> = {},
): Promise<Heard> {
  const answers = new Map<string, unknown>();
  const { waits, effects } = stillClock();
  const reply = await askService({
    address: serviceAddress('postcodes', url),
    protocol: PROTOCOLS['postcodes.io'],
    keys,
    limits: { ...LIMITS, ...limits },
    signal: new AbortController().signal,
    onAnswers: (some) => {
      for (const [key, answer] of some) answers.set(key, answer);
    },
    effects,
    ...more,
  });
  return { ...reply, answers, waits };
}
