import ts from 'typescript';

/** What values a variable takes, as far as a command line can give them. */
export interface ParameterType {
  /** As TypeScript writes it. */
  readonly text: string;
  /** The texts that it takes, where it takes no others: `'north' | 'south'`. */
  readonly words: readonly string[];
  readonly takesText: boolean;
  readonly takesNumber: boolean;
  readonly takesBoolean: boolean;
  readonly takesNull: boolean;
  /** An array or an object. */
  readonly takesJson: boolean;
}

/** The type of a declaration for other values than the one that stands there: `const rate = 0.2` takes any number. */
export function parameterType(name: ts.Identifier, checker: ts.TypeChecker): ParameterType {
  const { parent } = name;
  const declared = checker.getTypeAtLocation(name);
  const isAnnotated = ts.isVariableDeclaration(parent) && parent.type !== undefined;
  const type = isAnnotated ? declared : checker.getWidenedType(checker.getBaseTypeOfLiteralType(declared));
  const parts = type.isUnion() ? type.types : [type];
  const has = (flag: ts.TypeFlags) => parts.some(({ flags }) => (flags & flag) !== 0);
  const isAny = has(ts.TypeFlags.Any | ts.TypeFlags.Unknown);
  return {
    text: checker.typeToString(type),
    words: parts.flatMap((it) => (it.isStringLiteral() ? [it.value] : [])),
    takesText: isAny || has(ts.TypeFlags.String),
    takesNumber: isAny || has(ts.TypeFlags.NumberLike),
    takesBoolean: isAny || has(ts.TypeFlags.BooleanLike),
    takesNull: isAny || has(ts.TypeFlags.Null),
    takesJson: isAny || has(ts.TypeFlags.Object),
  };
}
