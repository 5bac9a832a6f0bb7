import sqlite3 from 'sqlite3';

/** A plain connection to a file, as another program would have one; the caller closes it. */
export async function otherProgram(
  path: string,
): Promise<{ exec(sql: string): Promise<void>; all<R>(sql: string): Promise<R[]>; close(): Promise<void> }> {
  const database = await new Promise<sqlite3.Database>((done, failed) => {
    const opened: sqlite3.Database = new sqlite3.Database(path, (fault) => (fault ? failed(fault) : done(opened)));
  });
  return {
    exec: (sql) => new Promise((done, failed) => database.exec(sql, (fault) => (fault ? failed(fault) : done()))),
    all: <R>(sql: string) => new Promise<R[]>((done, failed) => database.all<R>(sql, (fault, rows) => (fault ? failed(fault) : done(rows)))),
    close: () => new Promise((done) => database.close(() => done())),
  };
}

/** The rows of one question to a file. */
export async function ask<R = Record<string, unknown>>(path: string, sql: string): Promise<R[]> {
  const program = await otherProgram(path);
  try {
    return await program.all<R>(sql);
  } finally {
    await program.close();
  }
}

/** Runs statements in a file, which is made where it is missing. */
export async function change(path: string, sql: string): Promise<void> {
  const program = await otherProgram(path);
  try {
    await program.exec(sql);
  } finally {
    await program.close();
  }
}
