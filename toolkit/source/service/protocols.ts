import { postcodesIo } from './postcodes-io.ts';
import type { ServiceProtocol } from './protocol.ts';

/** The protocols that are spoken, by the name that a pipeline gives them. */
export const PROTOCOLS = { 'postcodes.io': postcodesIo } as const satisfies Readonly<Record<string, ServiceProtocol>>;
