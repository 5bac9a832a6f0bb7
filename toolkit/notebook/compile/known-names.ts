import type { DeclaredAs } from './declared-names.ts';

/** A name that an earlier cell declared, and where it lives now. */
export interface KnownName {
  readonly name: string;
  readonly as: DeclaredAs;
  /** The file of the cell that declared it last, without its extension: `./__cell_1_3`. */
  readonly module: string;
  /** Its place in the store. Another than its name where a later declaration had a type that earlier code cannot take. */
  readonly slot: string;
  /** The execution count of that cell. */
  readonly cell: number;
  /** What says its type without looking at its cell, such as `: number` or ` = 5`; null where that takes more. */
  readonly plainType: string | null;
  /** Whether it is a type beside a variable: `const Person = z.object(…); type Person = z.infer<typeof Person>`. */
  readonly isTypeToo: boolean;
  /** What makes a class what it is, by which the same class is known again. */
  readonly identity: string | null;
  /** The columns of a constant frame whose type leaves them open, as `read` of a file gives one: known once its cell has run; else null. */
  readonly columns: readonly string[] | null;
}

/** Whether the name is a variable of the store; types and ambient names are not. */
export const isStored = ({ as }: Pick<KnownName, 'as'>): boolean => as !== 'type' && as !== 'ambient';

const isAssignable = ({ as }: KnownName): boolean => as === 'let' || as === 'var';
const typeSource = ({ name, module, plainType }: KnownName): string => plainType ?? `: typeof import('${module}.ts').${name}`;

/** The type that later cells see: of a frame that was read, with the columns that it turned out to have. */
const seenType = (known: KnownName): string =>
  known.columns === null
    ? typeSource(known)
    : `: import('daybook').WithColumns<typeof import('${known.module}.ts').${known.name}, ${known.columns.map((it) => JSON.stringify(it)).join(' | ')}>`;

/** A line that gives the compiler an earlier variable without the type that may have the same name. */
export const variableSource = (known: KnownName): string => `declare ${isAssignable(known) ? 'let' : 'const'} ${known.name}${seenType(known)};`;

/**
 * Lines that make earlier names known to the compiler. A variable is declared anew with its type, so that it can be assigned to, and
 * so is what has a plain type: that spares looking at the cells before. All else is imported from the cell that declared it.
 */
export function prelude(names: Iterable<KnownName>): string {
  const lines: string[] = [];
  for (const known of names) {
    const { name, module, plainType, isTypeToo, columns } = known;
    if (!isAssignable(known) && plainType === null && columns === null) lines.push(`import { ${name} } from '${module}.ts';`);
    else lines.push(variableSource(known), ...(isTypeToo ? [`type ${name} = import('${module}.ts').${name};`] : []));
  }
  return lines.join('\n');
}

/** The prefix of the name under which the compiler sees what a redeclared name was before. */
export const BEFORE = '$before_';

/** Lines that give the compiler the earlier types of names which the cell declares anew. */
export const earlierTypes = (names: Iterable<KnownName>): string =>
  [...names].map((known) => `declare const ${BEFORE}${known.name}${typeSource(known)};`).join('\n');
