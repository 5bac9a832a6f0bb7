import { PERSONAL_FORMS } from '../../display/index.ts';
import { type Cell, type MultiLine, type Output, plainText } from '../format/notebook-file.ts';
import type { LintFinding } from './finding.ts';

/** Names have no pattern; a column or a field that is called so has. */
const NAMED_FIELD = /["']?\b(?:first|last|full|sur|family|given)_?name\b["']?\s*[:=]\s*["'`]([^"'`]+)["'`]/gi;
const NAME_COLUMN = /^(?:(?:first|last|full|family|given)[_ ]?name|surname)$/i;
const MASK = /[•*█]|^\s*$|^(?:null|undefined|unknown|redacted)$/i;

/** Outputs that hold personal data: a notebook is kept and shown to others. What was found is not repeated. */
export function personalData(cells: readonly Cell[]): LintFinding[] {
  return cells.flatMap((cell, index) => {
    const kinds = new Set((cell.outputs ?? []).flatMap(textsOf).flatMap(kindsIn));
    return [...kinds].map(
      (kind): LintFinding => ({
        cell: index + 1,
        line: null,
        rule: 'personal-data',
        severity: 'error',
        message: `Its output holds what looks like ${kind}.`,
        fix: 'Show frames, which mask personal columns, or select other columns; then run the cell again.',
      }),
    );
  });
}

interface ShownText {
  readonly text: string;
  readonly isHtml: boolean;
}

function textsOf(output: Output): ShownText[] {
  if (output.output_type === 'stream') return [{ text: plainText(output.text), isHtml: false }];
  if (output.output_type === 'error') return [{ text: [output.evalue, ...output.traceback].join('\n'), isHtml: false }];
  return Object.entries(output.data).flatMap(([type, content]) => {
    if (type.startsWith('image/') && type !== 'image/svg+xml') return [];
    // lines of a text, or rows of JSON
    const isText = typeof content === 'string' || (Array.isArray(content) && content.every((line) => typeof line === 'string'));
    const text = isText ? plainText(content as MultiLine) : JSON.stringify(content);
    return [{ text, isHtml: type === 'text/html' || type === 'image/svg+xml' }];
  });
}

function kindsIn({ text, isHtml }: ShownText): string[] {
  // Styles, scripts and attributes are no data of anybody; words of neighbouring cells do not belong together.
  const words = isHtml ? text.replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' \n ') : text;
  const found = PERSONAL_FORMS.filter(({ pattern }) => pattern.test(words)).map(({ what }) => what);
  return hasNames(text, isHtml) ? [...found, 'names of people'] : found;
}

function hasNames(text: string, isHtml: boolean): boolean {
  if ([...text.matchAll(NAMED_FIELD)].some(([, value = '']) => !MASK.test(value))) return true;
  return isHtml && [...text.matchAll(/<table\b[\s\S]*?<\/table>/gi)].some(([table]) => hasNameColumn(table));
}

function hasNameColumn(table: string): boolean {
  const rows = [...table.matchAll(/<tr\b[^>]*>([\s\S]*?)(?=<tr\b|<\/tr>|<\/table>)/gi)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd]\b[^>]*>([\s\S]*?)(?=<t[hd]\b|<\/t[hd]>|$)/gi)].map(([, cell = '']) => cell.replace(/<[^>]*>/g, ' ').trim()),
  );
  const [head = [], ...body] = rows;
  const columns = head.flatMap((name, i) => (NAME_COLUMN.test(name.split(/\s{2,}|\n/)[0] ?? '') ? [i] : []));
  return columns.some((i) => body.some((row) => row.length === head.length && !MASK.test(row[i] ?? '')));
}
