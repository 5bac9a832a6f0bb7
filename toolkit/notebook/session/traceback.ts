import type { Problem } from '../compile/problems.ts';
import type { CellError } from './cell-output.ts';
import type { CellFault } from './messages.ts';

const AROUND = 2;

/** The lines of a cell around a place, with a mark below the column. */
function excerpt(code: string, line: number, column: number, width: number): string[] {
  const lines = code.split('\n');
  const from = Math.max(1, line - AROUND);
  const to = Math.min(lines.length, line + AROUND);
  const digits = String(to).length;
  const shown: string[] = [];
  for (let number = from; number <= to; number += 1) {
    const text = lines[number - 1] ?? '';
    shown.push(`${number === line ? '>' : ' '} ${String(number).padStart(digits)} | ${text}`);
    if (number === line) shown.push(`  ${' '.repeat(digits)} | ${text.slice(0, column - 1).replace(/[^\t]/g, ' ')}${'^'.repeat(width)}`);
  }
  return shown;
}

/** What the compiler refused, as an error of the cell. */
export function compileError(problems: readonly Problem[], code: string, cell: number): CellError {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  const message = `Cell [${cell}], line ${first?.line ?? 1}: ${first?.message ?? 'it does not compile'}${more}`;
  const parts = problems.flatMap((it) => [
    `Cell [${cell}]:${it.line}:${it.column} ${it.message}`,
    ...excerpt(code, it.line, it.column, it.width),
    '',
  ]);
  return { name: 'CompileError', message, line: first?.line ?? null, traceback: [`CompileError: ${message}`, '', ...parts.slice(0, -1)] };
}

/** What a cell threw, as an error of the cell. */
export function runError({ name, message, stack, fix, line, column }: CellFault, code: string): CellError {
  const around = line === null ? [] : ['', ...excerpt(code, line, column ?? 1, 1)];
  const remedy = fix === null ? [] : ['', `Fix: ${fix}`];
  return { name, message, line, traceback: [`${name}: ${message}`, ...stack, ...around, ...remedy] };
}

/** The end of a cell that has no place in it. */
export const plainError = (name: string, message: string): CellError => ({ name, message, line: null, traceback: [`${name}: ${message}`] });
