import { DaybookError } from '../../errors/index.ts';
import { endpointOf, type ServiceAddress } from './address.ts';
import { ServiceFault } from './fault.ts';

/** A hundred places of postcodes.io are about 120 kB. */
const MOST_BYTES = 2 << 20;

/** One request: POST with a JSON body, GET without one. */
export interface JsonRequest {
  readonly address: ServiceAddress;
  readonly path: string;
  readonly body?: unknown;
  /** For the whole answer, its last byte included. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Sends one request and reads its answer as JSON. Redirects are not followed; at most 2 MB are read.
 * @throws ServiceFault for whatever is wrong with the answer; DaybookError `run.cancelled`
 */
export async function requestJson({ address, path, body, timeoutMs, signal }: JsonRequest): Promise<unknown> {
  const timeOut = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(endpointOf(address, path), {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        'user-agent': 'daybook',
        ...(address.authorization !== null && { authorization: address.authorization }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeOut]),
    });
    const fault = faultOf(response);
    if (fault) {
      response.body?.cancel().catch(() => undefined);
      throw fault;
    }
    return parsed(await textOf(response));
  } catch (fault) {
    if (fault instanceof ServiceFault) throw fault;
    if (signal.aborted) throw new DaybookError('run.cancelled', {});
    throw new ServiceFault(timeOut.aborted ? 'time-out' : 'network');
  }
}

function faultOf({ status, headers }: Response): ServiceFault | null {
  if (status === 429) return new ServiceFault('rate-limit', retryAfterMs(headers));
  if (status >= 500) return new ServiceFault('server', retryAfterMs(headers));
  if (status >= 400) return new ServiceFault('refused');
  if (status >= 300) return new ServiceFault('redirect');
  return Number(headers.get('content-length') ?? 0) > MOST_BYTES ? new ServiceFault('too-large') : null;
}

/** `Retry-After` in milliseconds from now: seconds, or a date (by the service's own clock where it tells it). */
function retryAfterMs(headers: Headers): number | null {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const [at, now] = [Date.parse(text), Date.parse(headers.get('date') ?? '')];
  return Number.isNaN(at) ? null : Math.max(0, at - (Number.isNaN(now) ? Date.now() : now));
}

async function textOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new ServiceFault('too-large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ServiceFault('wrong-form');
  }
}
