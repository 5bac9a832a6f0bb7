import type ts from 'typescript';
import type { DeclaredName } from './declared-names.ts';

/** A frame carries its row in a property, and has the verbs. */
export const isFrame = (type: ts.Type): boolean => ['row', 'columns', 'derive', 'collect'].every((name) => type.getProperty(name) !== undefined);

/** The constants of a cell that are frames with any column, as `read` of a file gives one: only the file knows which there are. */
export const openFrames = (declared: readonly DeclaredName[], checker: ts.TypeChecker): string[] =>
  declared.filter(({ as, node }) => as === 'const' && isOpen(node, checker)).map(({ name }) => name);

function isOpen(node: ts.Node, checker: ts.TypeChecker): boolean {
  const type = checker.getTypeAtLocation(node);
  const row = isFrame(type) ? type.getProperty('row') : undefined;
  if (!row) return false;
  const columns = checker.getTypeOfSymbolAtLocation(row, node);
  return columns.getProperties().length === 0 && columns.getStringIndexType() !== undefined;
}
