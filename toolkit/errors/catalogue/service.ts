import { entry } from '../entry.ts';
import { EXIT } from '../exit.ts';

/** What a run goes without because a service did not answer. */
export interface Silence {
  readonly source: string;
  /** Scheme and host. */
  readonly service: string;
  /** The source whose records are looked up, and how many of them were not because of it. */
  readonly of: string;
  readonly records: number;
  /** For how many values an earlier answer stands. */
  readonly older: number;
  /** How often which fault occurred. */
  readonly failures: Readonly<Record<string, number>>;
  /** Why it was left alone; null where it was asked for everything. */
  readonly gaveUp: 'failures' | 'budget' | 'rate-limit' | null;
}

const FAULTS: Readonly<Record<string, string>> = {
  'time-out': 'no answer in time',
  network: 'no connection',
  'rate-limit': 'too many requests',
  server: 'an error of its own',
  refused: 'request refused',
  redirect: 'a redirect, which is not followed',
  'too-large': 'an answer that is too large',
  'wrong-form': 'an answer of another form',
};
const GAVE_UP = {
  failures: 'it failed too often in a row and was left alone',
  budget: 'the time of "services.budgetSeconds" was used up',
  'rate-limit': 'it asks for a longer break than "services.budgetSeconds" leaves',
} as const;

const grouped = (n: number): string => n.toLocaleString('en-GB');
const counted = (n: number, one: string): string => `${grouped(n)} ${one}${n === 1 ? '' : 's'}`;

function reasonOf({ failures, gaveUp }: Silence): string {
  const faults = Object.entries(failures).sort(([, a], [, b]) => b - a);
  const reasons = [...faults.map(([kind, n]) => `${FAULTS[kind] ?? kind}: ${grouped(n)}`), ...(gaveUp === null ? [] : [GAVE_UP[gaveUp]])];
  return reasons.length > 0 ? reasons.join('; ') : 'it left values out of its answers';
}

/** What can be wrong with a service that answers for a source. No address is shown with a user or a path, and nothing that was asked. */
export const serviceErrors = {
  'service.bad-address': entry<{ source: string }>({
    exit: EXIT.config,
    cause: 'The base URL of a service was mistyped.',
    what: ({ source }) => `The address of the service of "${source}" is no web address.`,
    where: ({ source }) => ({ key: `sources.${source}` }),
    fix: ({ source }) => `Set "sources.${source}" to a base URL such as "https://api.postcodes.io", or to a file.`,
  }),
  'service.unsupported': entry<{ source: string }>({
    exit: EXIT.config,
    cause: 'A source that is read from files is set to a web address.',
    what: ({ source }) => `The source "${source}" is set to a web address, and no service can answer for it.`,
    where: ({ source }) => ({ key: `sources.${source}` }),
    fix: ({ source }) => `Set "sources.${source}" to a file.`,
  }),
  'service.unreachable': entry<{ source: string; service: string; fault: string }>({
    exit: EXIT.unavailable,
    cause: 'The service is down, the address is wrong, or the network does not let the request through.',
    what: ({ source, service, fault }) => `The service of "${source}", ${service}, does not answer as it should: ${FAULTS[fault] ?? fault}.`,
    where: ({ source }) => ({ key: `sources.${source}` }),
    fix: () => 'Check the address, the network and the service. Meanwhile runs use earlier answers, and tell what they go without.',
  }),
  'service.unanswered': entry<Silence>({
    exit: EXIT.unavailable,
    cause: 'A service is down, slow or rate-limited, or answers otherwise than it should. No run is stopped by it.',
    what: (it) =>
      (it.records > 0
        ? `${counted(it.records, 'record')} of "${it.of}" could not be looked up in "${it.source}": `
        : `"${it.source}" could not be brought up to date: `) +
      `the service ${it.service} did not answer for all (${reasonOf(it)}).` +
      (it.older > 0 ? ` For ${counted(it.older, 'value')} an earlier answer stands.` : ''),
    where: ({ source }) => ({ key: `sources.${source}` }),
    fix: ({ source }) =>
      `Nothing has to be done: the next run asks again. If it stays so, look after the service, or set "sources.${source}" to a file.`,
  }),
};
