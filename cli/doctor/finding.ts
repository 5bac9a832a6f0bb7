import type { DaybookError, ExitCode } from '../../toolkit/errors/index.ts';

/** One thing that was looked at. */
export interface Finding {
  /** What was looked at: `node`, `state.dir`, `sources.crm`. */
  readonly check: string;
  readonly status: 'ok' | 'warn' | 'fail';
  readonly message: string;
  /** How to mend it; null where all is well. */
  readonly remedy: string | null;
  /** The exit code that a run would end with; null where none is known. */
  readonly exit: ExitCode | null;
}

export const ok = (check: string, message: string): Finding => ({ check, status: 'ok', message, remedy: null, exit: null });
export const warn = (check: string, message: string, remedy: string): Finding => ({ check, status: 'warn', message, remedy, exit: null });
export const fail = (check: string, message: string, remedy: string): Finding => ({ check, status: 'fail', message, remedy, exit: null });
export const failedBy = (check: string, fault: DaybookError): Finding => ({
  check,
  status: 'fail',
  message: fault.message,
  remedy: fault.fix,
  exit: fault.exit,
});
