import ts from 'typescript';
import type { DeclaredName } from './declared-names.ts';
import { usesOf } from './identifiers.ts';
import { BEFORE, isStored, type KnownName } from './known-names.ts';

/** What it takes to say where the names of a cell live. */
export interface PlaceFacts {
  readonly source: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  readonly known: ReadonlyMap<string, KnownName>;
  /** The cell's execution count, and the module under which it will be kept. */
  readonly cell: number;
  readonly module: string;
  readonly freshSlot: (name: string) => string;
}

/** The names of a cell with their places, and the places that earlier code may not use any more. */
export interface Places {
  readonly own: readonly KnownName[];
  /** Earlier variables beside which the cell declares a type. */
  readonly beside: readonly KnownName[];
  readonly retired: readonly { readonly slot: string; readonly message: string }[];
}

/**
 * Where each declared name lives: in its old place if code that knows the old type can go on with the new one, else in a new one.
 * What is left behind in the old place is retired, so that nothing is computed from a value of another type.
 */
export function placesOf(declared: readonly DeclaredName[], facts: PlaceFacts): Places {
  const own: KnownName[] = [];
  const beside: KnownName[] = [];
  const retired: { slot: string; message: string }[] = [];
  const variables = new Set(declared.filter(isStored).map(({ name }) => name));
  const types = new Set(declared.filter(isOwnType).map(({ name }) => name));
  const places = new Map([...facts.known.values()].map((it) => [it.name, isStored(it) ? it.slot : it.module]));
  for (const it of declared) {
    const before = facts.known.get(it.name);
    if (it.as === 'type' && variables.has(it.name)) continue;
    if (before && isOwnType(it) && isStored(before)) {
      beside.push({ ...before, module: facts.module, plainType: null, isTypeToo: true });
      continue;
    }
    const identity = identityOf(it, places, facts.source);
    const mustMove = before !== undefined && isStored(before) && !fits(before, it, identity, facts);
    if (mustMove) retired.push({ slot: before.slot, message: retirement(before, facts.cell) });
    const slot = mustMove ? facts.freshSlot(it.name) : (before?.slot ?? it.name);
    own.push({
      name: it.name,
      as: it.as,
      module: facts.module,
      slot,
      cell: facts.cell,
      plainType: types.has(it.name) ? null : plainTypeOf(it, facts.checker),
      isTypeToo: types.has(it.name),
      identity,
      columns: null,
    });
    places.set(it.name, slot);
  }
  return { own, beside, retired };
}

/** A type that the cell itself writes, and does not import. */
export const isOwnType = ({ node }: DeclaredName): boolean => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);

const retirement = ({ name, cell: before }: KnownName, cell: number): string =>
  `"${name}" is of another type since cell [${cell}] declared it anew. Run the cell again that uses it here: it was written for the "${name}" of cell [${before}].`;

/** Of a class its text, and where the names live that it uses. */
function identityOf({ as, name, node }: DeclaredName, places: ReadonlyMap<string, string>, source: ts.SourceFile): string | null {
  if (as !== 'class') return null;
  const used = [...usesOf(node)].filter((it) => it !== name && places.has(it));
  return [node.getText(source), ...used.map((it) => places.get(it))].join('\n');
}

const isAssignable = ({ as }: Pick<KnownName, 'as'>): boolean => as === 'let' || as === 'var';

function fits(before: KnownName, now: DeclaredName, identity: string | null, { source, checker }: PlaceFacts): boolean {
  if (!isStored(now)) return false;
  // Two classes of one text are one to those who use them, although private members make their types differ.
  if (before.identity !== null && before.identity === identity) return true;
  if (isAssignable(before) && !isAssignable(now)) return false;
  const earlier = earlierName(before.name, source);
  const name = (now.node as ts.NamedDeclaration).name;
  if (!earlier || !name) return false;
  const [was, is] = [typeOf(earlier, checker), typeOf(name, checker)];
  return checker.isTypeAssignableTo(is, was) && (!isAssignable(before) || checker.isTypeAssignableTo(was, is));
}

function earlierName(name: string, source: ts.SourceFile): ts.Node | undefined {
  for (const statement of source.statements) {
    const first = ts.isVariableStatement(statement) ? statement.declarationList.declarations[0]?.name : undefined;
    if (first && ts.isIdentifier(first) && first.text === `${BEFORE}${name}`) return first;
  }
  return undefined;
}

const LONGEST_LITERAL = 200;

/** A type in words that mean the same in any cell. A constant's literal is kept as its value: only so does a `let` made of it widen. */
function plainTypeOf({ as, node }: DeclaredName, checker: ts.TypeChecker): string | null {
  const { name } = node as ts.NamedDeclaration;
  if (!name || !['let', 'var', 'const'].includes(as)) return null;
  const type = checker.getTypeAtLocation(name);
  if (type.flags & (ts.TypeFlags.String | ts.TypeFlags.Number | ts.TypeFlags.Boolean | ts.TypeFlags.BigInt)) return `: ${checker.typeToString(type)}`;
  const words = checker.typeToString(type);
  // What has no type yet is given one by each cell that fills it; across cells it may hold anything.
  if (words === 'any' || words === 'any[]') return `: ${words}`;
  const isLiteral = as === 'const' && (type.isStringLiteral() || type.isNumberLiteral()) && !(type.flags & ts.TypeFlags.EnumLiteral);
  const text = isLiteral ? JSON.stringify(type.value) : '';
  return isLiteral && text !== 'null' && text.length <= LONGEST_LITERAL ? ` = ${text}` : null;
}

/** The type of a name for any of its values: `const rate = 0.2` is a number. */
function typeOf(name: ts.Node, checker: ts.TypeChecker): ts.Type {
  const symbol = checker.getSymbolAtLocation(name) as ts.Symbol;
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return checker.getWidenedType(checker.getBaseTypeOfLiteralType(checker.getTypeOfSymbolAtLocation(target, name)));
}
