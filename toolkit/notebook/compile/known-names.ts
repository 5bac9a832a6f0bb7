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
  /** The text of a class, by which the same class is known again. */
  readonly text: string | null;
}

const VARIABLES: readonly DeclaredAs[] = ['let', 'var', 'const'];

/** Whether the name is a variable of the store; types and ambient names are not. */
export const isStored = ({ as }: Pick<KnownName, 'as'>): boolean => as !== 'type' && as !== 'ambient';

/**
 * Lines that make earlier names known to the compiler. A variable is declared anew with its type, so that it can be assigned to;
 * all else is imported from the cell that declared it.
 */
export function prelude(names: Iterable<KnownName>): string {
  const lines: string[] = [];
  for (const { name, as, module } of names) {
    if (!VARIABLES.includes(as)) lines.push(`import { ${name} } from '${module}.ts';`);
    else lines.push(`declare ${as === 'const' ? 'const' : 'let'} ${name}: typeof import('${module}.ts').${name};`);
  }
  return lines.join('\n');
}

/** The prefix of the name under which the compiler sees what a redeclared name was before. */
export const BEFORE = '$before_';

/** Lines that give the compiler the earlier types of names which the cell declares anew. */
export const earlierTypes = (names: Iterable<KnownName>): string =>
  [...names].map(({ name, module }) => `declare const ${BEFORE}${name}: typeof import('${module}.ts').${name};`).join('\n');
