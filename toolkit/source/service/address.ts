import { DaybookError } from '../../errors/index.ts';

/** Where a service is asked. */
export interface ServiceAddress {
  /** Without user and password. Paths of a protocol are below its own. */
  readonly base: URL;
  /** Scheme, host and port: what may be shown. */
  readonly shown: string;
  /** The `Authorization` header where the address names a user, else null. */
  readonly authorization: string | null;
}

/** Whether a source's location is a web address and no path. */
export const isWebAddress = (location: string): boolean => /^https?:\/\//i.test(location);

/** Reads the base address of a source's service. @throws DaybookError `service.bad-address` */
export function serviceAddress(source: string, location: string): ServiceAddress {
  try {
    const base = new URL(location);
    const user = [base.username, base.password].map(decodeURIComponent).join(':');
    base.username = '';
    base.password = '';
    return { base, shown: base.origin, authorization: user === ':' ? null : `Basic ${Buffer.from(user).toString('base64')}` };
  } catch {
    throw new DaybookError('service.bad-address', { source });
  }
}

/** A path below the base address; a query of the base stays. */
export function endpointOf({ base }: ServiceAddress, path: string): URL {
  const url = new URL(base);
  url.pathname = base.pathname.replace(/\/+$/, '') + path;
  return url;
}
