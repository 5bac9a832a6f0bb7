import { prepare } from './execute.ts';
import type { Frame } from './frame.ts';
import { tableFrame } from './leaf/table.ts';
import { personalColumns, withPersonal } from './personal/of-frame.ts';
import type { Session } from './session.ts';
import { quoted } from './sql.ts';

/** A frame whose rows stand in a table of the session. */
export interface Kept<R extends object> {
  readonly frame: Frame<R>;
  readonly table: string;
}

/** Works a frame out once and keeps its rows in the session, for what several outputs read. */
export async function keep<R extends object>(session: Session, frame: Frame<R>, stem: string, doing = `keep ${stem}`): Promise<Kept<R>> {
  const table = session.freshName(stem);
  await session.run(`CREATE TABLE ${quoted(table)} AS ${await prepare(session, frame.plan)}`, doing);
  return { frame: withPersonal(tableFrame<R>(table, frame.columns as (keyof R & string)[]), personalColumns(frame)), table };
}

/** Frees what `keep` holds. */
export const discard = (session: Session, kept: { readonly table: string }): Promise<void> =>
  session.run(`DROP TABLE IF EXISTS ${quoted(kept.table)}`, 'free a table');

/** Takes rows out of what is kept: those whose `column` a frame gives. */
export const takeOut = async (session: Session, kept: { readonly table: string }, rows: Frame<object>, column: string): Promise<void> => {
  const name = quoted(column);
  await session.run(
    `DELETE FROM ${quoted(kept.table)} WHERE ${name} IN (SELECT ${name} FROM (${await prepare(session, rows.plan)}))`,
    'take rows out',
  );
};

/** All rows of a small result as plain objects: whole numbers as bigint, dates as Date. */
export const rowsOf = async <R extends object>(session: Session, frame: Frame<R>, doing?: string): Promise<R[]> =>
  session.rows<R>(await prepare(session, frame.plan), doing);

/** Writes a frame to a Parquet file (Zstandard). The file is made anew. */
export const writeParquet = async (session: Session, frame: Frame<object>, path: string): Promise<void> =>
  session.run(
    `COPY (${await prepare(session, frame.plan)}) TO '${path.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd)`,
    'write a Parquet file',
  );
