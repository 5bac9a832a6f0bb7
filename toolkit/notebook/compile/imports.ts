import ts from 'typescript';
import { CELL } from './rewrite-cell.ts';

/**
 * A cell's import declarations as calls that run before the rest: what each name stands for in the module, by its place in the store.
 * Names that are types alone, and imports that bring nothing else, are left out as TypeScript leaves them out.
 */
export function importCalls(
  file: ts.SourceFile,
  facts: { readonly codeEnd: number; readonly checker: ts.TypeChecker; readonly slots: ReadonlyMap<string, string> },
): string {
  const calls: string[] = [];
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || statement.getStart(file) >= facts.codeEnd) continue;
    if (!ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const clause = statement.importClause;
    const module = JSON.stringify(statement.moduleSpecifier.text);
    if (!clause) calls.push(`await ${CELL}.bring(${module}, {});`);
    else {
      const names = boundNames(clause, facts);
      if (names.length > 0) calls.push(`await ${CELL}.bring(${module}, ${JSON.stringify(Object.fromEntries(names))});`);
    }
  }
  return calls.join(' ');
}

function boundNames(
  clause: ts.ImportClause,
  { checker, slots }: { readonly checker: ts.TypeChecker; readonly slots: ReadonlyMap<string, string> },
): [string, string][] {
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
  const found: [string, string][] = [];
  const add = (node: ts.Node & { readonly name?: ts.Identifier | undefined }, exported: string) => {
    const slot = node.name && slots.get(node.name.text);
    if (node.name && slot !== undefined && isValue(checker, node.name)) found.push([slot, exported]);
  };
  add(clause, 'default');
  const { namedBindings } = clause;
  if (namedBindings && ts.isNamespaceImport(namedBindings)) add(namedBindings, '*');
  else for (const element of namedBindings?.elements ?? []) if (!element.isTypeOnly) add(element, (element.propertyName ?? element.name).text);
  return found;
}

/** What cannot be resolved (a module without types) is taken for a value. */
function isValue(checker: ts.TypeChecker, name: ts.Identifier): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  if (!symbol || !(symbol.flags & ts.SymbolFlags.Alias)) return true;
  const target = checker.getAliasedSymbol(symbol);
  return !target.declarations || target.declarations.length === 0 || (target.flags & ts.SymbolFlags.Value) !== 0;
}
