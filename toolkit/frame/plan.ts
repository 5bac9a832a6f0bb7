import type { Origins } from './lineage.ts';
import type { PersonalColumns } from './personal/tag.ts';
import { FromClauseNode, type FromNode, type Query, tableRef, textOf, WithClauseNode } from './sql.ts';

/** Rows that a session has to bring in before a query over them runs. */
export interface PlanRows {
  readonly table: string;
  readonly columns: readonly string[];
  readonly data: readonly Readonly<Record<string, unknown>>[];
}

/** One node of a lazy query: its columns, what it reads, and how its SELECT is built over them. */
export interface Plan {
  readonly columns: readonly string[];
  readonly inputs: readonly Plan[];
  build(...inputs: readonly FromNode[]): Query;
  readonly rows?: PlanRows;
  /** Gives columns of a table as they stand: reading it twice costs less than keeping it. */
  readonly isPlain?: boolean;
  /** Where each column comes from; without it, each stands as it does in every input that has it. */
  readonly origins?: Origins;
  /** Columns known to be personal here, beside those that come from personal ones. */
  readonly personal?: PersonalColumns;
}

/** The plans below and with one, inputs first, each once; and how often each is read. */
export function plansOf(plan: Plan): { readonly order: readonly Plan[]; readonly uses: ReadonlyMap<Plan, number> } {
  const order: Plan[] = [];
  const uses = new Map<Plan, number>();
  const visit = (at: Plan): void => {
    const seen = uses.get(at) ?? 0;
    uses.set(at, seen + 1);
    if (seen > 0) return;
    for (const input of at.inputs) visit(input);
    order.push(at);
  };
  visit(plan);
  return { order, uses };
}

/**
 * One query for a plan: each input nested where it is read once or is a plain choice of columns, a common table expression
 * where it is read more often.
 * Nesting costs what hand-written SQL costs; a table a verb costs twice.
 */
export function queryOf(plan: Plan): Query {
  const { order, uses } = plansOf(plan);
  const from = new Map<Plan, () => FromNode>();
  const shared: WithClauseNode[] = [];
  const build = (at: Plan) => at.build(...at.inputs.map((input) => (from.get(input) as () => FromNode)()));
  for (const at of order) {
    if (at === plan || at.inputs.length === 0 || at.isPlain || uses.get(at) === 1) {
      from.set(at, () => new FromClauseNode(build(at), 't'));
      continue;
    }
    const name = `shared_${shared.length + 1}`;
    shared.push(new WithClauseNode(name, build(at)));
    from.set(at, () => new FromClauseNode(tableRef(name), name));
  }
  const top = build(plan);
  return shared.length > 0 ? top.clone().with(...shared) : top;
}

/** The SQL text of a plan. */
export const sqlOf = (plan: Plan): string => textOf(queryOf(plan));
