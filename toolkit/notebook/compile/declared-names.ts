import ts from 'typescript';

/** How a name was declared at the top level of a cell. */
export type DeclaredAs = 'let' | 'const' | 'var' | 'function' | 'class' | 'enum' | 'namespace' | 'import' | 'type' | 'ambient';

/** One name that a cell declares at its top level. */
export interface DeclaredName {
  readonly name: string;
  readonly as: DeclaredAs;
  readonly node: ts.Node;
}

/** Whether a statement only declares what is there already. */
export const isAmbient = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) ?? false);

/** `using` binds to the end of its cell: it is no declaration that later cells see. */
const isUsing = (list: ts.VariableDeclarationList): boolean => (list.flags & ts.NodeFlags.Using) === ts.NodeFlags.Using;

/** The names that a cell gives to itself and to later cells. A `var` counts wherever it stands outside of a function. */
export function declaredNames(file: ts.SourceFile): readonly DeclaredName[] {
  const found: DeclaredName[] = [];
  for (const statement of file.statements) found.push(...namesOf(statement));
  for (const name of nestedVars(file)) if (!found.some((it) => it.name === name.name)) found.push(name);
  return found;
}

function namesOf(statement: ts.Statement): DeclaredName[] {
  if (ts.isImportDeclaration(statement)) return importedNames(statement);
  const named = (as: DeclaredAs, node: ts.Node & { readonly name?: ts.Node | undefined }): DeclaredName[] =>
    node.name && ts.isIdentifier(node.name) ? [{ name: node.name.text, as, node }] : [];
  if (ts.isImportEqualsDeclaration(statement)) return named('import', statement);
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return named('type', statement);
  const ambient = isAmbient(statement);
  if (ts.isVariableStatement(statement)) return variableNames(statement.declarationList, ambient);
  if (ts.isFunctionDeclaration(statement)) return named(ambient ? 'ambient' : 'function', statement);
  if (ts.isClassDeclaration(statement)) return named(ambient ? 'ambient' : 'class', statement);
  if (ts.isEnumDeclaration(statement)) return named(ambient ? 'ambient' : 'enum', statement);
  if (ts.isModuleDeclaration(statement) && !(statement.flags & ts.NodeFlags.GlobalAugmentation))
    return named(ambient ? 'ambient' : 'namespace', statement);
  return [];
}

function importedNames({ importClause }: ts.ImportDeclaration): DeclaredName[] {
  if (!importClause) return [];
  const as = importClause.phaseModifier === ts.SyntaxKind.TypeKeyword ? 'type' : 'import';
  const entry = (node: ts.Node & { readonly name: ts.Identifier }, isType = false): DeclaredName => ({
    name: node.name.text,
    as: isType ? 'type' : as,
    node,
  });
  const { namedBindings } = importClause;
  const bindings = !namedBindings
    ? []
    : ts.isNamespaceImport(namedBindings)
      ? [entry(namedBindings)]
      : namedBindings.elements.map((it) => entry(it, it.isTypeOnly));
  return importClause.name ? [{ name: importClause.name.text, as, node: importClause }, ...bindings] : bindings;
}

/** The names that a cell binds by `using`: they hide those of earlier cells, and are not seen by later ones. */
export const usedNames = (file: ts.SourceFile): readonly string[] =>
  file.statements.flatMap((it) =>
    ts.isVariableStatement(it) && isUsing(it.declarationList) ? it.declarationList.declarations.map(({ name }) => name.getText(file)) : [],
  );

function variableNames(list: ts.VariableDeclarationList, ambient: boolean): DeclaredName[] {
  if (isUsing(list)) return [];
  const as = ambient ? 'ambient' : list.flags & ts.NodeFlags.Let ? 'let' : list.flags & ts.NodeFlags.Const ? 'const' : 'var';
  return list.declarations.flatMap(({ name }) => boundNames(name)).map((node) => ({ name: (node.name as ts.Identifier).text, as, node }));
}

/** The identifiers that a name or a destructuring pattern binds, with their declarations. */
function boundNames(name: ts.BindingName): (ts.VariableDeclaration | ts.BindingElement)[] {
  if (ts.isIdentifier(name)) return [name.parent as ts.VariableDeclaration | ts.BindingElement];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)));
}

function nestedVars(file: ts.SourceFile): DeclaredName[] {
  const found: DeclaredName[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isModuleDeclaration(node) || ts.isClassLike(node)) return;
    if (ts.isVariableDeclarationList(node) && !(node.flags & ts.NodeFlags.BlockScoped)) {
      if (!(ts.isVariableStatement(node.parent) && node.parent.parent === file)) found.push(...variableNames(node, false));
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found;
}

/** Whether a declaration is one of the top level of its file, and so lives beyond its cell. */
export function isTopLevel(declaration: ts.Declaration): boolean {
  if (ts.isImportSpecifier(declaration) || ts.isImportClause(declaration) || ts.isNamespaceImport(declaration)) return true;
  let node: ts.Node = declaration;
  while (ts.isBindingElement(node) || ts.isObjectBindingPattern(node) || ts.isArrayBindingPattern(node)) node = node.parent;
  if (!ts.isVariableDeclaration(node)) return ts.isSourceFile(node.parent);
  const list = node.parent;
  if (!ts.isVariableDeclarationList(list)) return false;
  if (list.flags & ts.NodeFlags.BlockScoped) return ts.isVariableStatement(list.parent) && ts.isSourceFile(list.parent.parent) && !isUsing(list);
  return ts.findAncestor(list, (it) => ts.isFunctionLike(it) || ts.isModuleDeclaration(it) || ts.isClassStaticBlockDeclaration(it)) === undefined;
}
