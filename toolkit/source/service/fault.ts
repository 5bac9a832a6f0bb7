/** What can be wrong with one request to a service. */
export type ServiceFaultKind =
  /** No whole answer in time. */
  | 'time-out'
  /** The connection could not be made or broke off. */
  | 'network'
  /** 429. */
  | 'rate-limit'
  /** 5xx. */
  | 'server'
  /** Another 4xx. */
  | 'refused'
  /** 3xx: not followed, what is asked for would go to a host that nobody configured. */
  | 'redirect'
  | 'too-large'
  /** No JSON, or not what the protocol says. */
  | 'wrong-form';

const PASSING: ReadonlySet<ServiceFaultKind> = new Set(['time-out', 'network', 'rate-limit', 'server']);

/** One request that failed. Holds nothing of what was asked or answered. */
export class ServiceFault extends Error {
  override readonly name = 'ServiceFault';
  constructor(
    readonly kind: ServiceFaultKind,
    /** How long the service asks to be left alone; null where it does not say. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(kind);
  }

  /** Whether the same request may succeed a little later. */
  get isPassing(): boolean {
    return PASSING.has(this.kind);
  }
}
