import ts from 'typescript';

const EPOCH = '$epoch';
const CELL = '$cell';

/**
 * Makes loops of cells end when they are interrupted: each turn asks whether the run in which the loop began still goes on.
 * A function notes that run where it begins, so that a loop which sleeps through the interrupt ends when it wakes.
 */
export class Interruptible {
  readonly #f: ts.NodeFactory;
  /** For each function body around: whether a loop in it needs the note. */
  readonly #needsNote: boolean[] = [];

  constructor(factory: ts.NodeFactory) {
    this.#f = factory;
  }

  /** The body of a function, with the note in front where a loop in it needs one. */
  body(visit: () => ts.Block): ts.Block {
    this.#needsNote.push(false);
    const visited = visit();
    if (!this.#needsNote.pop()) return visited;
    const now = this.#f.createCallExpression(this.#member('now'), undefined, []);
    const note = this.#f.createVariableStatement(
      undefined,
      this.#f.createVariableDeclarationList([this.#f.createVariableDeclaration(EPOCH, undefined, undefined, now)], ts.NodeFlags.Const),
    );
    const firstStatement = visited.statements.findIndex((it) => !(ts.isExpressionStatement(it) && ts.isStringLiteral(it.expression)));
    const at = firstStatement < 0 ? visited.statements.length : firstStatement;
    return this.#f.updateBlock(visited, [...visited.statements.slice(0, at), note, ...visited.statements.slice(at)]);
  }

  /** A loop that asks at each turn. */
  loop(node: ts.IterationStatement, isTopLevel: boolean): ts.IterationStatement {
    const f = this.#f;
    const { statement } = node;
    const tick = f.createExpressionStatement(f.createCallExpression(this.#member('tick'), undefined, [this.#epoch(isTopLevel)]));
    const body = ts.isBlock(statement)
      ? f.updateBlock(statement, [tick, ...statement.statements])
      : f.createBlock(ts.isEmptyStatement(statement) ? [tick] : [tick, statement], false);
    if (ts.isForStatement(node)) return f.updateForStatement(node, node.initializer, node.condition, node.incrementor, body);
    if (ts.isForInStatement(node)) return f.updateForInStatement(node, node.initializer, node.expression, body);
    if (ts.isForOfStatement(node)) return f.updateForOfStatement(node, node.awaitModifier, node.initializer, node.expression, body);
    if (ts.isWhileStatement(node)) return f.updateWhileStatement(node, node.expression, body);
    return f.updateDoStatement(node as ts.DoStatement, body, (node as ts.DoStatement).expression);
  }

  #epoch(isTopLevel: boolean): ts.Expression {
    if (isTopLevel) return this.#member('epoch');
    // A static block or a field has no body to note it in.
    if (this.#needsNote.length === 0) return this.#f.createCallExpression(this.#member('now'), undefined, []);
    this.#needsNote[this.#needsNote.length - 1] = true;
    return this.#f.createIdentifier(EPOCH);
  }

  #member(name: string): ts.Expression {
    return this.#f.createPropertyAccessExpression(this.#f.createIdentifier(CELL), name);
  }
}
