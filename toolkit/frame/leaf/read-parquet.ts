import { Frame } from '../frame.ts';
import { FromClauseNode, type FromNode, LiteralNode, selectFrom, sqlNode } from '../sql.ts';
import { selected } from '../verbs/columns.ts';

/** A frame over a Parquet file, read when it is collected. The caller knows its columns. */
export const readParquet = <R extends object>(path: string, columns: readonly (keyof R & string)[]): Frame<R> =>
  new Frame({
    columns,
    inputs: [],
    build: () => selectFrom(new FromClauseNode(sqlNode('read_parquet(', new LiteralNode(path), ')'), 'file') as FromNode, selected(columns)),
  });
