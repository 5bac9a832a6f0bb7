/**
 * Loads people in a process of its own, to be killed or starved by a test:
 * `load-in-child.ts PATH SCRATCH ROWS CHANGED DIE`, where DIE is never, staging or merging.
 * Says `merging` from inside the transaction, and at the end its counts, or the code of what went wrong, as JSON.
 */
import { DaybookError } from '../../../toolkit/errors/index.ts';
import { Session } from '../../../toolkit/frame/session.ts';
import { sqliteWarehouse } from '../../../toolkit/warehouse/sqlite/sqlite-warehouse.ts';
import { NOW, peopleQuery, requestOf } from './people.ts';

const [path = '', scratch = '', rows = '', changed = '', die = ''] = process.argv.slice(2);
const session = await Session.open({ threads: 1, extensionFolder: scratch });
const request = await requestOf(session, scratch, { query: peopleQuery(Number(rows), Number(changed)), runId: 'child' });
const dieAt = (moment: string) => (moment === die ? process.kill(process.pid, 'SIGKILL') : undefined);
const say = (it: unknown) => process.stdout.write(`${JSON.stringify(it)}\n`);
let asked = 0;
const now = () => {
  asked += 1;
  // The load asks once as it begins, and then from inside the transaction, when the rows are merged.
  if (asked === 2) {
    process.send?.('merging');
    dieAt('merging');
  }
  return NOW;
};
try {
  const counts = await sqliteWarehouse({ path, busyTimeoutMs: 50 }).load({ ...request, now, onProgress: () => dieAt('staging') });
  say(counts);
} catch (fault) {
  say(fault instanceof DaybookError ? { code: fault.code, exit: fault.exit } : { code: String(fault) });
}
process.disconnect?.();
session.close();
