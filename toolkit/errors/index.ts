export { CATALOGUE, DaybookError, type ErrorCode, type ErrorParams } from './daybook-error.ts';
export type { Entry, Place } from './entry.ts';
export { EXIT, type ExitCode } from './exit.ts';
export { suggest } from './suggest.ts';
