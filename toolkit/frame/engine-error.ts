import { DaybookError } from '../errors/index.ts';

const DISK = /No space left|(?:could not|cannot|failed to) (?:write|fsync|open|create)|Input\/output error|Permission denied/i;
/** "Out of Range Error: …", also behind node-api's own "Failed to extract statements: ". */
const KIND = /^(?:Failed to [a-z ]+: )?([A-Z][A-Za-z-]*(?: (?:of|[A-Z][A-Za-z-]*))*? (?:Error|[Ee]xception))\b/;

/**
 * Words a failure of DuckDB without its own message, which quotes whole rows of data.
 * Only its kind ("Conversion Error") is kept; with DAYBOOK_DEBUG=1 the original stands as `cause`.
 */
export function engineError(fault: unknown, doing: string, place: { limit: string; folder: string }): DaybookError {
  if (fault instanceof DaybookError) return fault;
  const message = fault instanceof Error ? fault.message : String(fault);
  const options = process.env['DAYBOOK_DEBUG'] === '1' ? { cause: fault } : {};
  const kind = KIND.exec(message)?.[1] ?? 'unknown error';
  if (/^INTERRUPT/i.test(message)) return new DaybookError('run.cancelled', {}, options);
  if (/^(?:IO Error|TransactionContext Error)/.test(message) && DISK.test(message)) {
    return new DaybookError('engine.disk', { folder: place.folder }, options);
  }
  if (/^Out of Memory/i.test(message)) {
    return /temp|disk|offload/i.test(message) && /No space/i.test(message)
      ? new DaybookError('engine.disk', { folder: place.folder }, options)
      : new DaybookError('engine.out-of-memory', { limit: place.limit }, options);
  }
  return new DaybookError('engine.failed', { doing, kind }, options);
}
