import ts from 'typescript';
import { toCodePoints, toUnits } from '../compile/code-points.ts';
import type { NotebookSession } from '../session/notebook-session.ts';
import type { KernelHandler, TslabParts } from './tslab-parts.ts';

const MAY_INSTALL = 'https://github.com/yunabe/tslab';

/** Answers what is asked about code, without running any: it works while a cell runs, too. */
export function handlerOf(
  { compiler }: NotebookSession,
  tslab: Pick<TslabParts, 'isCompleteCode' | 'printQuickInfo'>,
  onAsked: () => void,
): KernelHandler {
  return {
    handleKernel() {
      onAsked();
      return kernelInfo();
    },
    handleIsComplete({ code }) {
      const { completed, indent = '' } = tslab.isCompleteCode(code);
      return completed ? { status: 'complete' } : { status: 'incomplete', indent };
    },
    handleComplete({ code, cursor_pos: cursor }) {
      const { start, end, entries } = compiler.complete(code, toUnits(code, cursor));
      const [cursor_start, cursor_end] = [toCodePoints(code, start), toCodePoints(code, end)];
      const types = entries.map(({ text, kind }) => ({ text, type: kind, start: cursor_start, end: cursor_end }));
      return { status: 'ok', matches: entries.map(({ text }) => text), cursor_start, cursor_end, metadata: { _jupyter_types_experimental: types } };
    },
    handleInspect({ code, cursor_pos: cursor }) {
      const info = compiler.inspect(code, toUnits(code, cursor));
      if (!info) return { status: 'ok', found: false, data: {}, metadata: {} };
      const text = [tslab.printQuickInfo(info.quick), ...columnLines(info.columns)].join('\n');
      return { status: 'ok', found: true, data: { 'text/plain': text }, metadata: {} };
    },
    close() {},
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

const kernelInfo = () => ({
  status: 'ok',
  protocol_version: '5.3',
  implementation: 'daybook',
  implementation_version: '1.0.0',
  banner: `TypeScript ${ts.version} (Daybook), Node ${process.version}`,
  help_links: [{ text: 'tslab, on which this kernel stands', url: MAY_INSTALL }],
  language_info: {
    name: 'typescript',
    version: ts.version,
    mimetype: 'text/typescript',
    file_extension: '.ts',
    pygments_lexer: 'typescript',
    // Jupyter's editors find TypeScript by both words.
    codemirror_mode: { mode: 'typescript', name: 'javascript', typescript: true },
  },
});
