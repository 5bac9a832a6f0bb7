import type { Line } from './line.ts';

/**
 * A line as a person reads it: time of day (UTC), level, message, then the fields.
 *
 * @example prettyLine(line) // '15:33:29 WARN  unknown columns source=crm columns="fax, pager"'
 */
export function prettyLine({ ts, level, channel, runId, pipeline, message, ...fields }: Line): string {
  const pairs = Object.entries(fields).map(
    ([key, value]) => `${key}=${typeof value === 'string' && /\s/.test(value) ? JSON.stringify(value) : String(value)}`,
  );
  return [ts.slice(11, 19), level.toUpperCase().padEnd(5), ...(channel === 'app' ? [] : [channel]), message, ...pairs].join(' ');
}
