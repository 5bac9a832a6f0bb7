import { join } from 'node:path';

/** Words for Node that make a child process of a test load TypeScript as the test itself does. */
export const TYPESCRIPT: readonly string[] = [`--import=${join(import.meta.dirname, 'load-typescript.mjs')}`, '--conditions=daybook-source'];
