import type { Session } from '../../frame/session.ts';
import { quoteName, quoteText } from '../sql-text.ts';
import type { Connection } from './connection.ts';
import { inKeyOrder, type StagedPart } from './staged-part.ts';

/** SQL text sent at once, in UTF-16 units: long texts make few rows of it. */
const BATCH_LENGTH = 8_000_000;

/**
 * Writes a part into the staging file as text: the engine makes `(…)` a row, sqlite3 takes a chunk of them as one
 * statement, while the next chunk is fetched.
 *
 * @throws DaybookError `engine.*`, `warehouse.*`, `run.cancelled`
 */
export async function stageByTuples(session: Session, connection: Connection, part: StagedPart, onRows: (rows: number) => void): Promise<void> {
  const [before, after] = statementOf(part);
  let sending: Promise<void> = Promise.resolve();
  for await (const chunk of session.stream(tuplesOf(part, await inKeyOrder(session, part)), 'stream the rows to stage')) {
    const tuples = chunk.getColumnValues(0) as string[];
    await sending;
    sending = send(connection, tuples, before, after).then(() => onRows(tuples.length));
    // It is awaited above or below; without this, a failure in between would count as unhandled.
    sending.catch(() => {});
  }
  await sending;
}

function tuplesOf(part: StagedPart, from: string): string {
  const literals = part.columns.flatMap((it) => ('sent' in it ? it.sent.literals : []));
  return `SELECT concat('(', ${literals.join(`, ',', `)}, ')') ${from}`;
}

function statementOf(part: StagedPart): [before: string, after: string] {
  let at = 0;
  const selected = part.columns.map((it) => {
    if ('sent' in it) return it.sent.assembled(it.sent.literals.map(() => `column${++at}`));
    return it.constant === null ? 'NULL' : quoteText(it.constant);
  });
  return [`INSERT INTO ${quoteName(part.name)} SELECT ${selected.join(', ')} FROM (VALUES `, ')'];
}

async function send(connection: Connection, tuples: readonly string[], before: string, after: string): Promise<void> {
  let batch: string[] = [];
  let length = 0;
  const flush = () => connection.exec(before + batch.join(',') + after, 'write the staging file');
  for (const tuple of tuples) {
    if (length > 0 && length + tuple.length > BATCH_LENGTH) {
      await flush();
      [batch, length] = [[], 0];
    }
    batch.push(tuple);
    length += tuple.length + 1;
  }
  if (batch.length > 0) await flush();
}
