import { DaybookError } from '../../errors/index.ts';
import type { ServiceAddress } from './address.ts';
import { ServiceFault, type ServiceFaultKind } from './fault.ts';
import { type GaveUp, Patience, type PatienceEffects, type PatienceLimits } from './patience.ts';
import type { Answers, ServiceProtocol } from './protocol.ts';
import { requestJson } from './request.ts';

/** What is asked of a service, and how patiently. */
export interface ServiceQuestion {
  readonly address: ServiceAddress;
  readonly protocol: ServiceProtocol;
  /** Each once. */
  readonly keys: readonly string[];
  readonly limits: PatienceLimits & {
    /** Requests at the same time. */
    readonly concurrency: number;
  };
  readonly signal: AbortSignal;
  /** Called with the answers of each request as they come. */
  readonly onAnswers: (answers: Answers) => void;
  readonly effects?: PatienceEffects;
}

/** How a service answered. */
export interface ServiceReply {
  /** Keys that were answered, unknown ones included. */
  readonly answered: number;
  readonly requests: number;
  /** How often which fault occurred. */
  readonly failures: Readonly<Partial<Record<ServiceFaultKind, number>>>;
  /** Null where everything was asked. */
  readonly gaveUp: GaveUp | null;
}

/**
 * Asks a service for keys in bulk. A service that fails is no failure here: keys without an answer are simply not answered.
 * @throws DaybookError `run.cancelled`
 */
export async function askService({ address, protocol, keys, limits, signal, onAnswers, effects }: ServiceQuestion): Promise<ServiceReply> {
  const patience = new Patience(limits, signal, effects);
  const { path } = protocol;
  let answered = 0;
  const ask = (bulk: readonly string[]): Promise<Answers | null> =>
    patience.try(async (timeoutMs) => protocol.answersIn(await requestJson({ address, path, body: protocol.bodyOf(bulk), timeoutMs, signal }), bulk));
  const bulks = inBulks(keys, protocol.mostKeys);
  // All take from the one list.
  const work = async (): Promise<void> => {
    for (const bulk of bulks) {
      const answers = await ask(bulk);
      if (answers) {
        answered += answers.size;
        onAnswers(answers);
      }
      if (patience.gaveUp) return;
    }
  };
  await Promise.all(Array.from({ length: limits.concurrency }, work));
  return { answered, requests: patience.requests, failures: Object.fromEntries(patience.failures), gaveUp: patience.gaveUp };
}

function* inBulks(keys: readonly string[], most: number): Generator<readonly string[]> {
  for (let at = 0; at < keys.length; at += most) yield keys.slice(at, at + most);
}

/** Asks a service for something that belongs to nobody. @throws DaybookError `service.unreachable`, `run.cancelled` */
export async function probeService(
  source: string,
  { address, protocol: { probe } }: Pick<ServiceQuestion, 'address' | 'protocol'>,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<void> {
  try {
    if (!probe.isSound(await requestJson({ address, path: probe.path, timeoutMs, signal }))) throw new ServiceFault('wrong-form');
  } catch (fault) {
    if (!(fault instanceof ServiceFault)) throw fault;
    throw new DaybookError('service.unreachable', { source, service: address.shown, fault: fault.kind });
  }
}
