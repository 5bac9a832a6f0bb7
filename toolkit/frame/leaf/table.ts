import { Frame } from '../frame.ts';
import { FromClauseNode, selectFrom, tableRef } from '../sql.ts';
import { selected } from '../verbs/columns.ts';

/** A frame over a table of a session. */
export const tableFrame = <R extends object>(name: string, columns: readonly (keyof R & string)[]): Frame<R> =>
  new Frame({
    columns,
    inputs: [],
    build: () => selectFrom(new FromClauseNode(tableRef(name), name), selected(columns)),
  });
