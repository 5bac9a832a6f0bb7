import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ROOT } from '../../run-in-folder.ts';

/** How another program may hold a warehouse. */
export const HOLDS = {
  'begin immediate': 'BEGIN IMMEDIATE',
  'begin exclusive': 'BEGIN EXCLUSIVE',
  'exclusive for readers too': 'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE held (n); DROP TABLE held',
} as const;
export type Hold = keyof typeof HOLDS;

const SCRIPT = `const { Database } = require('sqlite3');
const database = new Database(process.argv[1], () => database.exec(process.argv[2], (fault) => process.stdout.write(fault ? fault.message : 'held')));
process.stdin.once('end', () => database.exec('ROLLBACK', () => database.close(() => process.exit()))).resume();`;

/** Lets another process take a warehouse. Gives what lets it go again; it resolves when it is gone. */
export async function holdWarehouse(path: string, hold: Hold): Promise<() => Promise<void>> {
  const other = spawn(process.execPath, ['-e', SCRIPT, path, HOLDS[hold]], { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(other, 'close');
  const [said] = (await once(other.stdout, 'data')) as [Buffer];
  if (said.toString() !== 'held') throw new Error(`The other program could not lock the warehouse: ${said.toString()}`);
  return async () => {
    other.stdin.end();
    await ended;
  };
}
