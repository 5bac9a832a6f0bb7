import { Frame } from './frame.ts';
import { selectFrom, sqlNode } from './sql.ts';
import { requireDistinct, selected } from './verbs/columns.ts';

/** Adds a column that counts the rows from 1 in the order of the source. */
export const numberRows = <R extends object, const N extends string>(frame: Frame<R>, name: N): Frame<R & Record<N, number>> => {
  requireDistinct('numberRows', [...frame.columns, name]);
  return new Frame({
    columns: [...frame.columns, name],
    inputs: [frame.plan],
    build: (from) => selectFrom(from, [...selected(frame.columns), [name, sqlNode('row_number() OVER ()')]]),
  });
};
