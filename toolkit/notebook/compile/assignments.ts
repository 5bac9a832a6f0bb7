import ts from 'typescript';

/** How names of a pattern become places to assign to. */
interface Targets {
  readonly factory: ts.NodeFactory;
  readonly slot: (name: ts.Identifier) => ts.Expression;
  /** Rewrites an expression inside of the pattern: a default, a computed key. */
  readonly visit: (node: ts.Expression) => ts.Expression;
}

/** A declared name or pattern as the left side of an assignment: `{ id: x, ...rest }` keeps its form, its names become slots. */
export function assignmentTarget(name: ts.BindingName, targets: Targets): ts.Expression {
  const { factory, slot } = targets;
  if (ts.isIdentifier(name)) return slot(name);
  if (ts.isArrayBindingPattern(name)) return factory.createArrayLiteralExpression(name.elements.map((element) => arrayElement(element, targets)));
  return factory.createObjectLiteralExpression(name.elements.map((element) => objectElement(element, targets)));
}

function arrayElement(element: ts.ArrayBindingElement, targets: Targets): ts.Expression {
  if (ts.isOmittedExpression(element)) return element;
  const target = withDefault(element, targets);
  return element.dotDotDotToken ? targets.factory.createSpreadElement(target) : target;
}

function objectElement(element: ts.BindingElement, targets: Targets): ts.ObjectLiteralElementLike {
  const { factory, visit } = targets;
  if (element.dotDotDotToken) return factory.createSpreadAssignment(assignmentTarget(element.name, targets));
  const key = element.propertyName ?? (element.name as ts.Identifier);
  const name = ts.isComputedPropertyName(key) ? factory.updateComputedPropertyName(key, visit(key.expression)) : key;
  return factory.createPropertyAssignment(ts.isIdentifier(name) ? factory.createIdentifier(name.text) : name, withDefault(element, targets));
}

function withDefault({ name, initializer }: ts.BindingElement, targets: Targets): ts.Expression {
  const target = assignmentTarget(name, targets);
  return initializer ? targets.factory.createAssignment(target, nameFunction(name, targets.visit(initializer), targets.factory)) : target;
}

/** `const f = () => …` is called "f"; an assignment to a property would leave it without a name. */
export function nameFunction(name: ts.BindingName, value: ts.Expression, factory: ts.NodeFactory): ts.Expression {
  const inner = ts.isParenthesizedExpression(value) ? value.expression : value;
  const isAnonymous = ts.isArrowFunction(inner) || ((ts.isFunctionExpression(inner) || ts.isClassExpression(inner)) && !inner.name);
  if (!isAnonymous || !ts.isIdentifier(name)) return value;
  const named = factory.createObjectLiteralExpression([factory.createPropertyAssignment(factory.createIdentifier(name.text), inner)]);
  return factory.createPropertyAccessExpression(factory.createParenthesizedExpression(named), name.text);
}
