import ts from 'typescript';

/** Whether an identifier names a thing rather than uses a variable: a declaration, a member, the key of a pattern. `{ a }` uses one. */
export function isOwnName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (parent === undefined || ts.isShorthandPropertyAssignment(parent)) return false;
  if (ts.isBindingElement(parent) && parent.propertyName === node) return true;
  return 'name' in parent && parent.name === node;
}

/** The names that a text uses, in their order, each once. */
export function usesOf(node: ts.Node): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (it: ts.Node): void => {
    if (ts.isIdentifier(it) && !isOwnName(it)) found.add(it.text);
    ts.forEachChild(it, visit);
  };
  visit(node);
  return found;
}
