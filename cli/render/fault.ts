import { isAbsolute, relative } from 'node:path';
import type { Paper } from './paper.ts';
import { wrap } from './wrap.ts';

/** A failure in the form that is shown. */
export interface ShownFault {
  readonly what: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly key: string | null;
  readonly fix: string;
}

/**
 * Three lines: what is wrong, where, what to do. Lines are broken only on a terminal.
 *
 * @param at named where the fault knows no place: the command
 */
export function faultLines(
  fault: ShownFault,
  { paper, cwd, at, isTTY }: { readonly paper: Pick<Paper, 'theme' | 'width'>; readonly cwd: string; readonly at: string; readonly isTTY: boolean },
): string[] {
  const { theme } = paper;
  const width = isTTY ? paper.width : Number.POSITIVE_INFINITY;
  const [fixed = '', ...more] = wrap(`Fix: ${oneLine(fault.fix)}`, width, '  ');
  return [
    ...wrap(oneLine(fault.what), width, '  ').map(theme.bad),
    ...wrap(`  at ${placeOf(fault, cwd) || at}`, width, '  ').map(theme.quiet),
    theme.strong('Fix:') + fixed.slice('Fix:'.length),
    ...more,
  ];
}

function placeOf({ file, line, key }: ShownFault, cwd: string): string {
  const path = file === null ? '' : `${shortPath(file, cwd)}${line === null ? '' : `:${line}`}`;
  return [path, key ?? ''].filter((part) => part !== '').join(', ');
}

const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ');

/** A path from the working directory where it lies within, else as it is. */
export function shortPath(path: string, cwd: string): string {
  if (!isAbsolute(path)) return path;
  const short = relative(cwd, path);
  return short === '' ? '.' : short.startsWith('..') || isAbsolute(short) ? path : short;
}
