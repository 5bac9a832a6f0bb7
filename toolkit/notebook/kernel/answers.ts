import ts from 'typescript';
import type { CellCompiler } from '../compile/cell-compiler.ts';
import { toCodePoints, toUnits } from '../compile/code-points.ts';
import type { Content, Question } from './session-messages.ts';
import { loadTslab } from './tslab-parts.ts';

/** How a cell under the cursor is asked about; places in code points. */
interface At {
  readonly code: string;
  readonly cursor_pos: number;
}

/**
 * The contents of the replies to questions about code. They run nothing, so that they are answered while a cell runs, too.
 *
 * @throws DaybookError `notebook.no-kernel` (69)
 */
export function answersOf(compiler: CellCompiler, packageRoot: string): Readonly<Record<Question, (content: Content) => Content>> {
  const { isCompleteCode, printQuickInfo } = loadTslab(packageRoot, ts);
  return {
    is_complete(content) {
      const { completed, indent = '' } = isCompleteCode((content as unknown as At).code);
      return completed ? { status: 'complete' } : { status: 'incomplete', indent };
    },
    complete(content) {
      const { code, cursor_pos: cursor } = content as unknown as At;
      const { start, end, entries } = compiler.complete(code, toUnits(code, cursor));
      const [cursor_start, cursor_end] = [toCodePoints(code, start), toCodePoints(code, end)];
      const types = entries.map(({ text, kind }) => ({ text, type: kind, start: cursor_start, end: cursor_end }));
      return { status: 'ok', matches: entries.map(({ text }) => text), cursor_start, cursor_end, metadata: { _jupyter_types_experimental: types } };
    },
    inspect(content) {
      const { code, cursor_pos: cursor } = content as unknown as At;
      const info = compiler.inspect(code, toUnits(code, cursor));
      if (!info) return { status: 'ok', found: false, data: {}, metadata: {} };
      const text = [printQuickInfo(info.quick), ...columnLines(info.columns)].join('\n');
      return { status: 'ok', found: true, data: { 'text/plain': text }, metadata: {} };
    },
  };
}

function columnLines(columns: readonly { readonly name: string; readonly type: string }[]): string[] {
  if (columns.length === 0) return [];
  const width = Math.max(...columns.map(({ name }) => name.length));
  return [
    '',
    `${columns.length} ${columns.length === 1 ? 'column' : 'columns'}:`,
    ...columns.map(({ name, type }) => `  ${name.padEnd(width)}  ${type}`),
  ];
}
