import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { DaybookError } from '../../errors/index.ts';

/** Text as notebooks keep it: one string, or its lines with their ends. */
export type MultiLine = string | readonly string[];

/** One output of a code cell, as nbformat 4 has it. */
export type Output =
  | { readonly output_type: 'stream'; readonly name: 'stdout' | 'stderr'; text: MultiLine }
  | { readonly output_type: 'display_data'; readonly data: Readonly<Record<string, unknown>>; readonly metadata: Readonly<Record<string, unknown>> }
  | {
      readonly output_type: 'execute_result';
      readonly execution_count: number | null;
      readonly data: Readonly<Record<string, unknown>>;
      readonly metadata: Readonly<Record<string, unknown>>;
    }
  | { readonly output_type: 'error'; readonly ename: string; readonly evalue: string; readonly traceback: readonly string[] };

/** A cell; what Daybook does not know stays as it is. */
export interface Cell {
  readonly cell_type: string;
  readonly metadata?: { readonly tags?: readonly string[]; readonly [key: string]: unknown };
  source: MultiLine;
  outputs?: Output[];
  execution_count?: number | null;
  readonly [key: string]: unknown;
}

/** A notebook as its file has it. */
export interface Notebook {
  readonly cells: Cell[];
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

/** A notebook with the form of its file, so that what is not touched is written as it was. */
export interface NotebookFile {
  readonly path: string;
  readonly notebook: Notebook;
  readonly indent: string;
  readonly endsWithNewline: boolean;
}

/** @throws DaybookError `notebook.no-file` (66), `notebook.not-a-notebook` (65), `notebook.other-language` (65) */
export function readNotebook(path: string): NotebookFile {
  const text = textOf(path);
  return { path, notebook: parse(text, path), indent: /^\{\r?\n([ \t]+)"/.exec(text)?.[1] ?? ' ', endsWithNewline: text.endsWith('\n') };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (fault) {
    throw new DaybookError('notebook.no-file', { path, isFolder: (fault as NodeJS.ErrnoException).code === 'EISDIR' }, { cause: fault });
  }
}

function parse(text: string, path: string): Notebook {
  const refuse = (reason: string) => new DaybookError('notebook.not-a-notebook', { path, reason });
  let found: Partial<Notebook> | null;
  try {
    found = JSON.parse(text) as Partial<Notebook> | null;
  } catch {
    throw refuse('it is no JSON');
  }
  if (typeof found !== 'object' || found === null) throw refuse('it has no cells');
  if (found.nbformat !== 4) throw refuse(typeof found.nbformat === 'number' ? `it is of format ${found.nbformat}, not 4` : 'it is not of format 4');
  if (!Array.isArray(found.cells)) throw refuse('it has no cells');
  const [fault] = CELLS.safeParse(found.cells).error?.issues ?? [];
  if (fault) {
    const [index, ...place] = fault.path;
    throw refuse(`cell ${Number(index) + 1} has no ${place.join('.') || 'form'} as notebooks have it`);
  }
  const language = languageOf(found.metadata);
  if (!OURS.has(language.toLowerCase())) throw new DaybookError('notebook.other-language', { path, language });
  return found as Notebook;
}

/** What the cells may be written in; nothing is said of it before a notebook was run once. */
const OURS: ReadonlySet<string> = new Set(['', 'typescript', 'javascript']);

function languageOf(metadata: Notebook['metadata']): string {
  const { language_info, kernelspec } = (metadata ?? {}) as { language_info?: { name?: unknown }; kernelspec?: { language?: unknown } };
  return String(language_info?.name ?? kernelspec?.language ?? '');
}

const TEXT = z.union([z.string(), z.array(z.string())]);
const BUNDLE = z.record(z.string(), z.unknown());
const OUTPUT = z.discriminatedUnion('output_type', [
  z.object({ output_type: z.literal('stream'), name: z.string(), text: TEXT }),
  z.object({ output_type: z.enum(['display_data', 'execute_result']), data: BUNDLE }),
  z.object({ output_type: z.literal('error'), ename: z.string(), evalue: z.string(), traceback: z.array(z.string()) }),
]);
/** What Daybook reads of cells; what else a cell has is its own affair. */
const CELLS = z.array(
  z.object({
    cell_type: z.string(),
    source: TEXT,
    metadata: z.object({ tags: z.array(z.string()).optional() }).nullish(),
    outputs: z.array(OUTPUT).optional(),
    execution_count: z.number().nullish(),
  }),
);

/** The text of the file: as Jupyter writes it, in the form that was read. */
export const notebookText = ({ notebook, indent, endsWithNewline }: Omit<NotebookFile, 'path'>): string =>
  JSON.stringify(notebook, null, indent) + (endsWithNewline ? '\n' : '');

/** A cell's text, and the text of an output. */
export const plainText = (text: MultiLine): string => (typeof text === 'string' ? text : text.join(''));

/** Text in the form that Jupyter writes: lines with their ends. */
export const multiLine = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

export const isCode = (cell: Cell): boolean => cell.cell_type === 'code';
export const hasTag = (cell: Cell, tag: string): boolean => cell.metadata?.tags?.includes(tag) === true;
