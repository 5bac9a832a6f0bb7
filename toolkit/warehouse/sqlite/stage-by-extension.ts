import type { Session } from '../../frame/session.ts';
import { quoteName, quoteText } from '../sql-text.ts';
import { inKeyOrder, type StagedColumn, type StagedPart } from './staged-part.ts';

/**
 * Whether DuckDB's sqlite extension loads from the extension folder. It is never fetched from the network.
 *
 * @throws DaybookError `run.cancelled`
 */
export async function extensionLoads(session: Session): Promise<boolean> {
  try {
    await session.run('LOAD sqlite', 'load the sqlite extension');
    return true;
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'engine.failed') return false;
    throw fault;
  }
}

/** Fetches DuckDB's sqlite extension from the network into the extension folder. False where it cannot be had. */
export const installExtension = (session: Session): Promise<boolean> =>
  session.run('INSTALL sqlite', 'install the sqlite extension').then(
    () => true,
    () => false,
  );

/**
 * Lets DuckDB write the parts into a staging file whose tables exist. No other library may have the file open.
 *
 * @throws DaybookError `engine.*`, `run.cancelled`
 */
export async function stageByExtension(session: Session, file: string, parts: readonly StagedPart[]): Promise<void> {
  const database = quoteName(session.freshName('staging'));
  await session.run(`ATTACH ${quoteText(file)} AS ${database} (TYPE sqlite, JOURNAL_MODE 'OFF')`, 'open the staging file');
  try {
    for (const part of parts) {
      const values = part.columns.map(engineValue).join(', ');
      const rows = `SELECT ${values} ${await inKeyOrder(session, part)}`;
      await session.onOneThread(() => session.run(`INSERT INTO ${database}.${quoteName(part.name)} ${rows}`, 'write the staging file'));
    }
  } finally {
    await session.run(`DETACH ${database}`, 'close the staging file').catch(() => {});
  }
}

function engineValue(it: StagedColumn): string {
  if ('value' in it) return it.value;
  return it.constant === null ? 'NULL' : quoteText(it.constant);
}
