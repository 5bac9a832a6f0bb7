import { type Cell, isCode, plainText } from '../format/notebook-file.ts';
import type { LintFinding } from './finding.ts';

/** Cells that ran in another order than they stand in: what is shown may come of code that is no longer there. */
export function outOfOrder(cells: readonly Cell[]): LintFinding[] {
  const findings: LintFinding[] = [];
  const hasRun = cells.some((cell) => isCode(cell) && typeof cell.execution_count === 'number');
  let last = 0;
  for (const [index, cell] of cells.entries()) {
    if (!isCode(cell) || plainText(cell.source).trim() === '') continue;
    const count = cell.execution_count ?? null;
    if (count !== null && count <= last) findings.push(finding(index + 1, `It ran as [${count}], after the cell above it had run as [${last}].`));
    if (count === null && hasRun) findings.push(finding(index + 1, 'It did not run, though other cells did.'));
    last = Math.max(last, count ?? 0);
  }
  return findings;
}

const finding = (cell: number, message: string): LintFinding => ({
  cell,
  line: null,
  rule: 'out-of-order',
  severity: 'error',
  message,
  fix: 'Run the notebook from the start, all cells in order, and save it.',
});
