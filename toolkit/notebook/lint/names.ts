import ts from 'typescript';
import { declaredNames } from '../compile/declared-names.ts';
import { isOwnName } from '../compile/identifiers.ts';
import { parseCell } from '../compile/parse-cell.ts';
import type { LintCell, LintFinding } from './finding.ts';

const parse = ({ code }: LintCell): ts.SourceFile => parseCell(code);
const lineOf = (file: ts.SourceFile, node: ts.Node): number => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;

/** How often each name is used in a cell, declarations apart, and the names of outside that functions of it use. */
function usesIn(file: ts.SourceFile): { readonly used: ReadonlyMap<string, number>; readonly closedOver: ReadonlySet<string> } {
  const used = new Map<string, number>();
  const closedOver = new Set<string>();
  /** @param own names that the functions around have of their own; null outside of functions */
  const visit = (node: ts.Node, own: ReadonlySet<string> | null): void => {
    if (ts.isIdentifier(node) && !isOwnName(node)) {
      used.set(node.text, (used.get(node.text) ?? 0) + 1);
      if (own && !own.has(node.text)) closedOver.add(node.text);
    }
    const inner = ts.isFunctionLike(node) ? new Set([...(own ?? []), ...bindingsIn(node)]) : own;
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  visit(file, null);
  return { used, closedOver };
}

/** The parameters and variables of a function. */
function bindingsIn(node: ts.Node): string[] {
  const { name } = node as { readonly name?: ts.Node };
  const isBinding = ts.isParameter(node) || ts.isVariableDeclaration(node) || ts.isBindingElement(node) || ts.isDeclarationStatement(node);
  const inner: string[] = [];
  ts.forEachChild(node, (child) => {
    const { name: own } = child as { readonly name?: ts.Node };
    if (!ts.isFunctionLike(child)) inner.push(...bindingsIn(child));
    else if (own && ts.isIdentifier(own)) inner.push(own.text);
  });
  return isBinding && name && ts.isIdentifier(name) ? [name.text, ...inner] : inner;
}

/** A parameter that nothing uses: whoever sets it believes that it does something. */
export function unusedParameters(cells: readonly LintCell[]): LintFinding[] {
  const parameters = cells.find(({ isParameters }) => isParameters);
  if (!parameters) return [];
  const used = new Set(cells.flatMap((cell) => [...usesIn(parse(cell)).used.keys()]));
  const file = parse(parameters);
  return declaredNames(file)
    .filter(({ as, name }) => as !== 'import' && as !== 'type' && as !== 'function' && !used.has(name))
    .map(({ name, node }) => ({
      cell: parameters.number,
      line: lineOf(file, node),
      rule: 'unused-parameter',
      severity: 'error',
      message: `The parameter "${name}" is never used.`,
      fix: `Use "${name}", or remove it.`,
    }));
}

/** Names that a later cell sets or declares again although a function of an earlier cell uses them: stock tslab goes on with the old value. */
export function reassigned(cells: readonly LintCell[]): LintFinding[] {
  const findings: LintFinding[] = [];
  const captured = new Map<string, number>();
  for (const cell of cells) {
    const file = parse(cell);
    for (const { name, node } of settingsIn(file)) {
      const by = captured.get(name);
      if (by === undefined) continue;
      findings.push({
        cell: cell.number,
        line: lineOf(file, node),
        rule: 'reassigned',
        severity: 'warning',
        message: `"${name}" is set again, and a function of cell ${by} uses it. Here it sees the new value; in stock tslab it silently keeps the old one.`,
        fix: `Give the function "${name}" as an argument, or choose another name.`,
      });
    }
    for (const name of usesIn(file).closedOver) if (!captured.has(name)) captured.set(name, cell.number);
  }
  return findings;
}

/** What a cell sets outside of its functions: declarations and assignments. */
function settingsIn(file: ts.SourceFile): { readonly name: string; readonly node: ts.Node }[] {
  const own = declaredNames(file).filter(({ as }) => ['let', 'const', 'var'].includes(as));
  const found: { name: string; node: ts.Node }[] = own.map(({ name, node }) => ({ name, node }));
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    const target = ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind) ? node.left : isStep(node) ? node.operand : undefined;
    for (const { text } of target ? targetsIn(target) : []) if (!own.some(({ name }) => name === text)) found.push({ name: text, node });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The variables that an assignment sets, also by a pattern: `[a, { b = 1, ...c }] = …`. */
function targetsIn(node: ts.Node): readonly ts.Identifier[] {
  if (ts.isIdentifier(node)) return [node];
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(targetsIn);
  if (ts.isObjectLiteralExpression(node)) return node.properties.flatMap(targetsIn);
  if (ts.isShorthandPropertyAssignment(node)) return [node.name];
  if (ts.isPropertyAssignment(node)) return targetsIn(node.initializer);
  if (ts.isSpreadElement(node) || ts.isSpreadAssignment(node)) return targetsIn(node.expression);
  return ts.isBinaryExpression(node) ? targetsIn(node.left) : [];
}

const isAssignment = (kind: ts.SyntaxKind): boolean => kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
const isStep = (node: ts.Node): node is ts.PrefixUnaryExpression | ts.PostfixUnaryExpression =>
  ts.isPostfixUnaryExpression(node) ||
  (ts.isPrefixUnaryExpression(node) && [ts.SyntaxKind.PlusPlusToken, ts.SyntaxKind.MinusMinusToken].includes(node.operator));

/** `await (` and `for await` outside of functions, which stock tslab cannot read. */
export function awaitsAtTopLevel(cells: readonly LintCell[]): LintFinding[] {
  return cells.flatMap((cell) => {
    const file = parse(cell);
    const findings: LintFinding[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionLike(node)) return;
      const isLoop = ts.isForOfStatement(node) && node.awaitModifier !== undefined;
      if (isLoop || (ts.isAwaitExpression(node) && ts.isParenthesizedExpression(node.expression))) {
        findings.push({
          cell: cell.number,
          line: lineOf(file, node),
          rule: 'await-at-top-level',
          severity: 'warning',
          message: `\`${isLoop ? 'for await' : 'await ('}\` at the top level does not run in stock tslab.`,
          fix: isLoop
            ? 'Put the loop in an async function where the notebook is for other kernels too.'
            : 'Give the value a name first, and await that.',
        });
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
    return findings;
  });
}
