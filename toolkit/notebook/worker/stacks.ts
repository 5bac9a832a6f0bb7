import { findSourceMap, SourceMap } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const CELL = /^Cell \[\d+\]$/;
/** A cell's body begins on the second line of its function. */
const LINES_BEFORE = 1;

/** Where a position of compiled code was written. Counts from 1. */
interface Written {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Makes stacks speak of cells as they were written: `at price (Cell [1]:2:20)`. */
export class Stacks {
  readonly #maps = new Map<string, SourceMap>();

  add(label: string, sourceMap: string): void {
    this.#maps.set(label, new SourceMap(JSON.parse(sourceMap) as ConstructorParameters<typeof SourceMap>[0]));
  }

  install(): void {
    Error.prepareStackTrace = (error, sites) => [headOf(error), ...sites.map((site) => `    at ${this.#describe(site)}`)].join('\n');
  }

  #describe(site: NodeJS.CallSite): string {
    const text = String(site);
    const written = this.#written(site);
    if (!written) return text;
    return text.replace(/(?:file:\/\/)?[^\s()]*(?:Cell \[\d+\])?:\d+:\d+(?=\)?$)/, `${written.file}:${written.line}:${written.column}`);
  }

  #written(site: NodeJS.CallSite): Written | null {
    const [file, line, column] = [site.getFileName(), site.getLineNumber(), site.getColumnNumber()];
    if (!file || line === null || column === null) return null;
    if (CELL.test(file)) {
      const entry = this.#maps.get(file)?.findEntry(line - 1 - LINES_BEFORE, column - 1);
      return entry && 'originalLine' in entry
        ? { file, line: entry.originalLine + 1, column: entry.originalColumn + 1 }
        : { file, line: Math.max(1, line - LINES_BEFORE), column };
    }
    const entry = findSourceMap(file)?.findEntry(line - 1, column - 1);
    if (!entry || !('originalLine' in entry)) return null;
    const source = entry.originalSource.startsWith('file:') ? fileURLToPath(entry.originalSource) : entry.originalSource;
    return { file: source, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  }
}

function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

const PLACE = /^\s+at .*?(Cell \[\d+\]):(\d+):(\d+)\)?$/;

/** This folder: its own frames say nothing about a cell. */
const HERE = dirname(fileURLToPath(import.meta.url));

const TOOLKIT = dirname(dirname(HERE));
/** Whether a line of a stack stands in Daybook itself. */
export const isInToolkit = (line: string): boolean => line.includes(`${TOOLKIT}/`);

/** The lines of a stack down to the last that stands in a cell, without those of the kernel. */
export function cellFrames(stack: string): readonly string[] {
  const lines = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const last = lines.findLastIndex((line) => PLACE.test(line));
  return lines
    .slice(0, last + 1)
    .filter((line) => !line.includes(HERE))
    .map((line) =>
      line
        .replace(/^(\s+at )(?:async )?(?:eval|Object\.<anonymous>|<anonymous>) \((Cell .*)\)$/, '$1$2')
        .replace(/^(\s+at (?:async )?)Object\.(?=\w+ \(Cell )/, '$1'),
    );
}

/** The place in a cell that a stack names first. */
export function placeIn(frames: readonly string[], label: string): { readonly line: number; readonly column: number } | null {
  for (const frame of frames) {
    const [, cell, line, column] = PLACE.exec(frame) ?? [];
    if (cell === label) return { line: Number(line), column: Number(column) };
  }
  return null;
}
