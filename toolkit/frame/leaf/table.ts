import { Frame } from '../frame.ts';
import { FromClauseNode, Query, tableRef } from '../sql.ts';
import { selected } from '../verbs/columns.ts';

/** A frame over a table of a session. */
export const tableFrame = <R extends object>(name: string, columns: readonly (keyof R & string)[]): Frame<R> =>
  new Frame({
    columns,
    inputs: [],
    build: () => Query.from(new FromClauseNode(tableRef(name), name)).select(selected(columns)),
  });
