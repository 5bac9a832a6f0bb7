import ts from 'typescript';
import { parseCell } from './parse-cell.ts';

const blank = (text: string): string => text.replace(/[^\r\n]/g, ' ');

/**
 * The text of a cell without its own `export` words: every name of a cell is seen by later cells anyway; and without a first line for
 * a shell. What goes becomes spaces, so that no place in the text moves.
 */
export function plainSource(source: string): string {
  const code = source.replace(/^#!.*/, blank);
  if (!code.includes('export')) return code;
  const file = parseCell(code);
  const gone: ts.TextRange[] = [];
  for (const statement of file.statements) {
    if (ts.isExportAssignment(statement) && !statement.isExportEquals)
      gone.push({ pos: statement.getStart(file), end: statement.expression.getStart(file) });
    else if (ts.isExportDeclaration(statement) && !statement.moduleSpecifier) gone.push({ pos: statement.getStart(file), end: statement.end });
    else if (ts.canHaveModifiers(statement)) {
      const words =
        ts.getModifiers(statement)?.filter(({ kind }) => kind === ts.SyntaxKind.ExportKeyword || kind === ts.SyntaxKind.DefaultKeyword) ?? [];
      gone.push(...words.map((word) => ({ pos: word.getStart(file), end: word.end })));
    }
  }
  return gone.reduceRight((text, { pos, end }) => text.slice(0, pos) + blank(text.slice(pos, end)) + text.slice(end), code);
}
