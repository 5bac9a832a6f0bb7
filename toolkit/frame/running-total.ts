import { Frame } from './frame.ts';
import { column, selectFrom, sqlNode } from './sql.ts';
import { requireColumns, requireDistinct, selected } from './verbs/columns.ts';

/** What is added up, in which order, and the name of the sum. */
export interface RunningTotal<K extends string, N extends string> {
  /** A column of whole numbers. */
  readonly of: K;
  /** The column by which the rows are ordered: where it ties, there is no promise which row comes first. */
  readonly by: K;
  readonly as: N;
}

/** Adds a column with the sum of `of` over this row and all before it. @throws DaybookError `frame.unknown-column`, `frame.name-clash` */
export function runningTotal<R extends object, const N extends string>(
  frame: Frame<R>,
  { of, by, as }: RunningTotal<keyof R & string, N>,
): Frame<R & Record<N, number>> {
  requireColumns('runningTotal', frame.plan, [of, by]);
  requireDistinct('runningTotal', [...frame.columns, as]);
  const total = sqlNode('CAST(sum(', column(of), ') OVER (ORDER BY ', column(by), ' ROWS UNBOUNDED PRECEDING) AS BIGINT)');
  return new Frame({
    columns: [...frame.columns, as],
    inputs: [frame.plan],
    origins: new Map([[as, [{ input: 0, column: of, isCopy: false }]]]),
    build: (from) => selectFrom(from, [...selected(frame.columns), [as, total]]),
  });
}
