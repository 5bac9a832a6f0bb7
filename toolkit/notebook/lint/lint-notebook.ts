import { hasTag, isCode, type Notebook, plainText } from '../format/notebook-file.ts';
import type { LintCell, LintFinding } from './finding.ts';
import { awaitsAtTopLevel, reassigned, unusedParameters } from './names.ts';
import { outOfOrder } from './order.ts';
import { personalData } from './personal-data.ts';

export type { LintFinding } from './finding.ts';

/** What silently goes wrong in a notebook, cell by cell. Nothing is run. */
export function lintNotebook({ cells }: Notebook): readonly LintFinding[] {
  const code = cells.flatMap((cell, index): LintCell[] =>
    isCode(cell) ? [{ number: index + 1, code: plainText(cell.source), isParameters: hasTag(cell, 'parameters') }] : [],
  );
  const found = [...outOfOrder(cells), ...personalData(cells), ...unusedParameters(code), ...reassigned(code), ...awaitsAtTopLevel(code)];
  return found.toSorted((a, b) => a.cell - b.cell || (a.line ?? 0) - (b.line ?? 0));
}
