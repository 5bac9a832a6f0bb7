import { AggregateNode, ColumnRefNode, type ExprNode, type Selected, walk } from './sql.ts';

/** A column of one of a plan's inputs that a column's values come from. */
export interface Origin {
  /** Index of the input. */
  readonly input: number;
  readonly column: string;
  /** Whether the values stand as they are there, or something is worked out from them. */
  readonly isCopy: boolean;
}

/** By column of a plan: what it comes from. A column that is not in it stands as it does in every input that has it. */
export type Origins = ReadonlyMap<string, readonly Origin[]>;

/** The columns that an expression reads. A count says how many there are and nothing of what they hold: it reads none. */
function readBy(expr: ExprNode): ColumnRefNode[] {
  const found: ColumnRefNode[] = [];
  walk(expr, (node) => {
    if (node instanceof AggregateNode && node.name === 'count') return 1;
    if (node instanceof ColumnRefNode) found.push(node);
    return undefined;
  });
  return found;
}

/** The origins of a list of selected columns; a reference to the table named `second` is to the second input. */
export const originsOf = (list: readonly Selected[], second?: string): Origins =>
  new Map(
    list.map(([name, expr]) => [
      name,
      readBy(expr).map((ref) => ({ input: second !== undefined && ref.table?.name === second ? 1 : 0, column: ref.column, isCopy: ref === expr })),
    ]),
  );
