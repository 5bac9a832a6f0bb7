import ts from 'typescript';
import { assignmentTarget, nameFunction } from './assignments.ts';
import { isAmbient, isTopLevel } from './declared-names.ts';
import { isOwnName } from './identifiers.ts';
import { Interruptible } from './interruptible.ts';

/** The names that compiled code knows: the store of all cells' variables, and what serves one run of one cell. */
export const STORE = '$cells';
export const CELL = '$cell';

/** What a rewrite needs to know of a cell. */
export interface RewriteFacts {
  readonly file: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  /** From a name of the top level, of this cell or an earlier one, to its place in the store. */
  readonly slots: ReadonlyMap<string, string>;
  /** Where the cell's text ends and what was added for the compiler begins. */
  readonly codeEnd: number;
}

/**
 * Turns a cell into the body of an async function: top-level declarations become properties of one store, and so does every
 * use of them, so that all cells share live bindings. Its last expression is returned. Loops and top-level awaits can be interrupted.
 */
export const rewriteCell =
  (facts: RewriteFacts): ts.TransformerFactory<ts.SourceFile> =>
  (context) =>
  (file) =>
    new CellRewriter(facts, context).rewrite(file);

class CellRewriter {
  readonly #facts: RewriteFacts;
  readonly #context: ts.TransformationContext;
  readonly #f: ts.NodeFactory;
  readonly #interruptible: Interruptible;
  /** Functions, static blocks and fields around the node: 0 at the top level. */
  #depth = 0;

  constructor(facts: RewriteFacts, context: ts.TransformationContext) {
    this.#facts = facts;
    this.#context = context;
    this.#f = context.factory;
    this.#interruptible = new Interruptible(context.factory);
  }

  rewrite(file: ts.SourceFile): ts.SourceFile {
    const own = file.statements.filter((it) => it.getStart(file) < this.#facts.codeEnd);
    const last = own.at(-1);
    const statements = own.flatMap((it) => {
      if (it === last && ts.isExpressionStatement(it)) return [ts.setTextRange(this.#f.createReturnStatement(this.#expression(it.expression)), it)];
      return this.#statement(it);
    });
    return this.#f.updateSourceFile(file, statements);
  }

  /** A statement of the top level. */
  #statement(node: ts.Statement): ts.Statement[] {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return [];
    if (ts.isImportEqualsDeclaration(node)) return this.#alias(node);
    const visited = this.#visit(node) as ts.Statement;
    const isLater = ts.isClassDeclaration(node) || ts.isEnumDeclaration(node) || (ts.isModuleDeclaration(node) && ts.isIdentifier(node.name));
    if (!isLater || !node.name || !this.#facts.slots.has(node.name.text)) return [visited];
    return [
      visited,
      this.#f.createExpressionStatement(this.#f.createAssignment(this.#slot(node.name as ts.Identifier), this.#f.createIdentifier(node.name.text))),
    ];
  }

  /** `import part = Space.part`. */
  #alias({ name, isTypeOnly, moduleReference }: ts.ImportEqualsDeclaration): ts.Statement[] {
    if (isTypeOnly || ts.isExternalModuleReference(moduleReference)) return [];
    const member = (entity: ts.EntityName): ts.Expression =>
      ts.isIdentifier(entity) ? this.#expression(entity) : this.#f.createPropertyAccessExpression(member(entity.left), entity.right.text);
    return [this.#f.createExpressionStatement(this.#f.createAssignment(this.#slot(name), member(moduleReference)))];
  }

  readonly #visit = (node: ts.Node): ts.Node => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return node;
    if (ts.isHeritageClause(node) && node.token === ts.SyntaxKind.ImplementsKeyword) return node;
    if (ts.isIdentifier(node)) return this.#isShared(node) ? this.#use(node) : node;
    if (ts.isShorthandPropertyAssignment(node)) return this.#shorthand(node);
    if (ts.isVariableStatement(node) && this.#isShared(node.declarationList))
      return ts.setTextRange(this.#f.createExpressionStatement(this.#assignments(node.declarationList)), node);
    if (ts.isForStatement(node) || ts.isForInStatement(node) || ts.isForOfStatement(node)) return this.#loop(this.#hoistedHead(node));
    if (ts.isIterationStatement(node, false)) return this.#loop(node);
    if (ts.isAwaitExpression(node) && this.#depth === 0)
      return this.#f.updateAwaitExpression(node, this.#serve('await', [this.#expression(node.expression)]));
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) return this.#member('meta');
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      return this.#serve(
        'import',
        node.arguments.map((it) => this.#expression(it)),
      );
    if (ts.isBlock(node) && ts.isFunctionLike(node.parent)) return this.#interruptible.body(() => this.#children(node));
    if (ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node) || ts.isPropertyDeclaration(node)) return this.#within(node);
    return this.#children(node);
  };

  #children<T extends ts.Node>(node: T): T {
    return ts.visitEachChild(node, this.#visit, this.#context);
  }

  #expression(node: ts.Expression): ts.Expression {
    return this.#visit(node) as ts.Expression;
  }

  #within<T extends ts.Node>(node: T): T {
    this.#depth += 1;
    try {
      return this.#children(node);
    } finally {
      this.#depth -= 1;
    }
  }

  #loop(node: ts.Node): ts.Node {
    const ticked = this.#interruptible.loop(this.#children(node) as ts.IterationStatement, this.#depth === 0);
    if (!ts.isForOfStatement(ticked) || !ticked.awaitModifier || this.#depth > 0) return ticked;
    return this.#f.updateForOfStatement(
      ticked,
      ticked.awaitModifier,
      ticked.initializer,
      this.#serve('iterate', [ticked.expression]),
      ticked.statement,
    );
  }

  /** `for (var i = 0; …)` of the top level counts in the store. */
  #hoistedHead(node: ts.ForStatement | ts.ForInStatement | ts.ForOfStatement): ts.Node {
    const { initializer } = node;
    if (!initializer || !ts.isVariableDeclarationList(initializer) || !this.#isShared(initializer)) return node;
    const f = this.#f;
    if (ts.isForStatement(node)) return f.updateForStatement(node, this.#assignments(initializer), node.condition, node.incrementor, node.statement);
    const target = assignmentTarget((initializer.declarations[0] as ts.VariableDeclaration).name, this.#targets());
    if (ts.isForInStatement(node)) return f.updateForInStatement(node, target, node.expression, node.statement);
    return f.updateForOfStatement(node, node.awaitModifier, target, node.expression, node.statement);
  }

  #assignments(list: ts.VariableDeclarationList): ts.Expression {
    const isVar = !(list.flags & ts.NodeFlags.BlockScoped);
    const each = list.declarations.flatMap(({ name, initializer }): ts.Expression[] => {
      if (!initializer && isVar) return [];
      const value = initializer ? nameFunction(name, this.#expression(initializer), this.#f) : this.#f.createVoidZero();
      const assigned = ts.setTextRange(this.#f.createAssignment(assignmentTarget(name, this.#targets()), value), name);
      return [ts.isIdentifier(name) ? assigned : this.#f.createParenthesizedExpression(assigned)];
    });
    return each.length === 0 ? this.#f.createVoidZero() : each.reduce((all, one) => this.#f.createComma(all, one));
  }

  #targets() {
    return { factory: this.#f, slot: (name: ts.Identifier) => this.#slot(name), visit: (node: ts.Expression) => this.#expression(node) };
  }

  #shorthand(node: ts.ShorthandPropertyAssignment): ts.Node {
    const symbol = this.#facts.checker.getShorthandAssignmentValueSymbol(node);
    if (!this.#isSharedSymbol(symbol)) return this.#children(node);
    const { objectAssignmentInitializer: fallback } = node;
    const value = fallback ? this.#f.createAssignment(this.#slot(node.name), this.#expression(fallback)) : this.#slot(node.name);
    return ts.setTextRange(this.#f.createPropertyAssignment(this.#f.createIdentifier(node.name.text), value), node);
  }

  /** Whether an identifier means a variable of the store, or a list declares such. */
  #isShared(node: ts.Identifier | ts.VariableDeclarationList): boolean {
    if (ts.isVariableDeclarationList(node)) {
      const [first] = node.declarations;
      return first !== undefined && !isAmbient(node.parent) && isTopLevel(first);
    }
    if (!this.#facts.slots.has(node.text) || isOwnName(node)) return false;
    return this.#isSharedSymbol(this.#facts.checker.getSymbolAtLocation(node), node);
  }

  #isSharedSymbol(symbol: ts.Symbol | undefined, use?: ts.Node): boolean {
    return (
      symbol?.declarations?.some((it) => it.getSourceFile() === this.#facts.file && isTopLevel(it) && !(use && isInside(use, it))) === true &&
      this.#facts.slots.has(symbol.name)
    );
  }

  #use(name: ts.Identifier): ts.Expression {
    const slot = this.#slot(name);
    if (!isCalled(name)) return slot;
    // What is called is no method of the store: it has no `this`. Without a mark at its end a stack names its beginning, as for any call.
    const callee = this.#f.createComma(this.#f.createNumericLiteral(0), ts.setEmitFlags(slot, ts.EmitFlags.NoTrailingSourceMap));
    return this.#f.createParenthesizedExpression(callee);
  }

  #slot(name: ts.Identifier): ts.Expression {
    const slot = this.#facts.slots.get(name.text) ?? name.text;
    return ts.setTextRange(this.#f.createPropertyAccessExpression(this.#f.createIdentifier(STORE), slot), name);
  }

  #member(name: string): ts.Expression {
    return this.#f.createPropertyAccessExpression(this.#f.createIdentifier(CELL), name);
  }

  #serve(name: string, values: readonly ts.Expression[]): ts.Expression {
    return this.#f.createCallExpression(this.#member(name), undefined, values);
  }
}

/** Inside of a class, an enum or a namespace its own name is a binding of its own. */
const isInside = (use: ts.Node, declaration: ts.Declaration): boolean =>
  (ts.isClassDeclaration(declaration) || ts.isEnumDeclaration(declaration) || ts.isModuleDeclaration(declaration)) &&
  ts.findAncestor(use, (it) => it === declaration) !== undefined;

function isCalled(name: ts.Identifier): boolean {
  let node: ts.Node = name;
  while (
    ts.isParenthesizedExpression(node.parent) ||
    ts.isAssertionExpression(node.parent) ||
    ts.isNonNullExpression(node.parent) ||
    ts.isSatisfiesExpression(node.parent)
  )
    node = node.parent;
  const { parent } = node;
  return (ts.isCallExpression(parent) && parent.expression === node) || (ts.isTaggedTemplateExpression(parent) && parent.tag === node);
}
