import { inspect } from 'node:util';
import type { CellFault } from '../session/messages.ts';
import { cellFrames, isInToolkit, placeIn } from './stacks.ts';

/** Where a cell waited for what failed: a stack ends at an `await` of the top level. */
const waitedAt = new WeakMap<object, Error>();

/** Notes where a rejection came up, once. */
export function noteWait(fault: unknown, here: Error): void {
  if (typeof fault === 'object' && fault !== null && !waitedAt.has(fault)) waitedAt.set(fault, here);
}

/** What a cell threw, in the words that a notebook keeps. */
export function faultOf(thrown: unknown, label: string): CellFault {
  if (!isError(thrown)) return { name: 'Thrown', message: inspect(thrown), stack: [], fix: null, line: null, column: null };
  const own = cellFrames(String(thrown.stack ?? ''));
  const waited = waitedAt.get(thrown);
  const all = placeIn(own, label) || !waited ? own : [...own, ...cellFrames(String(waited.stack ?? ''))];
  const place = placeIn(all, label);
  const fix = (thrown as { readonly fix?: unknown }).fix;
  // a fault that comes with its remedy is the cell's: where Daybook found it helps nobody
  const stack = typeof fix === 'string' ? all.filter((line) => !isInToolkit(line)) : all;
  return {
    name: thrown.name,
    message: messageOf(thrown),
    stack,
    fix: typeof fix === 'string' ? fix : null,
    line: place?.line ?? null,
    column: place?.column ?? null,
  };
}

const isError = (thrown: unknown): thrown is Error => thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]';

/** The message, with those of its causes: the first one is often not what helps. */
function messageOf(fault: Error): string {
  const causes: string[] = [];
  for (let cause: unknown = fault.cause; isError(cause) && causes.length < 5; cause = cause.cause) {
    if (cause.message !== '' && !fault.message.includes(cause.message)) causes.push(`caused by ${cause.name}: ${cause.message}`);
  }
  return [fault.message || fault.name, ...causes].join('\n');
}
