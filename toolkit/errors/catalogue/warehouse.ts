import { entry } from '../entry.ts';
import { EXIT } from '../exit.ts';

type File = { path: string };

/** What can go wrong where tables are published. `path` is the warehouse's file, or a staging file of the run. */
export const warehouseErrors = {
  'warehouse.folder-missing': entry<{ path: string; folder: string }>({
    exit: EXIT.cannotCreate,
    cause: 'The path of the warehouse is misspelt, or its disk is not mounted. Daybook makes no folder but "state.dir".',
    what: ({ folder }) => `The warehouse's folder "${folder}" does not exist.`,
    where: () => ({ key: 'warehouse.path' }),
    fix: ({ folder }) => `Create it with \`mkdir -p ${folder}\`, or correct "warehouse.path".`,
  }),
  'warehouse.is-a-folder': entry<File>({
    exit: EXIT.io,
    cause: 'The path of the warehouse names a folder, or something else that is no file.',
    what: ({ path }) => `The warehouse "${path}" is not a file.`,
    where: ({ path }) => ({ file: path, key: 'warehouse.path' }),
    fix: () => 'Let "warehouse.path" name a file, for instance by adding "/warehouse.sqlite".',
  }),
  'warehouse.not-a-database': entry<File>({
    exit: EXIT.io,
    cause: 'The path names another file than the warehouse, or the file was overwritten.',
    what: ({ path }) => `"${path}" is not a SQLite database. It was left as it is.`,
    where: ({ path }) => ({ file: path, key: 'warehouse.path' }),
    fix: () => 'Correct "warehouse.path", or restore the last backup.',
  }),
  'warehouse.corrupt': entry<File>({
    exit: EXIT.io,
    cause: 'The file was damaged: cut off in copying, a failing disk, or copied while it was written to.',
    what: ({ path }) => `The warehouse "${path}" is damaged. Nothing was published.`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Check the disk, restore the last backup, and run again.',
  }),
  'warehouse.disk-full': entry<File>({
    exit: EXIT.io,
    cause: 'The disk ran full while rows were staged or published.',
    what: ({ path }) => `The disk is full where "${path}" is written. Nothing was published.`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Free disk space (a load needs about the size of what changed, twice) and run again.',
  }),
  'warehouse.io': entry<File & { doing: string }>({
    exit: EXIT.io,
    cause: 'The disk or the network drive under the file failed, or the file was removed while it was open.',
    what: ({ path, doing }) => `"${path}" could not be read or written (${doing}). Nothing was published.`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Check the disk and the system log, then run again.',
  }),
  'warehouse.locked': entry<File & { waitedMs: number }>({
    exit: EXIT.tryAgain,
    cause: 'Another program holds the warehouse: another run, a backup, or a person with an open transaction.',
    what: ({ path, waitedMs }) => `The warehouse "${path}" was still locked after ${waitedMs} ms. Nothing was published.`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Close what uses it, or wait until it is done, and run again.',
  }),
  'warehouse.changing': entry<File>({
    exit: EXIT.tryAgain,
    cause: 'Another program kept writing to the warehouse while the difference to it was worked out.',
    what: ({ path }) => `The warehouse "${path}" kept changing while this run compared with it. Nothing was published.`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Run again when nothing else writes to it.',
  }),
  'warehouse.not-permitted': entry<File & { what: 'file' | 'folder' }>({
    exit: EXIT.notPermitted,
    cause: 'The user that runs Daybook may not read or write the warehouse, or the folder in which SQLite keeps its journal beside it.',
    what: ({ path, what }) => `This user may not use the warehouse's ${what} "${path}".`,
    where: ({ path }) => ({ file: path }),
    fix: ({ path }) => `Give the user that runs Daybook the right to read and write "${path}", or run as its owner.`,
  }),
  'warehouse.table-incompatible': entry<{ path: string; table: string; reason: string }>({
    exit: EXIT.config,
    cause:
      'The warehouse holds a table of this name that was made by something else, or whose definition the pipeline has since changed in a way that loses data.',
    what: ({ table, reason }) => `The table "${table}" of the warehouse is not compatible: ${reason}.`,
    where: ({ path }) => ({ file: path }),
    fix: ({ table }) => `Rename it (ALTER TABLE "${table}" RENAME TO "${table}_old") so that Daybook makes a new one, or publish under another name.`,
  }),
  'warehouse.constraint': entry<File & { doing: string }>({
    exit: EXIT.config,
    cause: 'Someone added a unique index, a CHECK or a trigger to a table of the warehouse, and it refuses rows that the pipeline publishes.',
    what: ({ path, doing }) => `A constraint or trigger in "${path}" refuses rows (${doing}). Nothing was published.`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Drop the index, constraint or trigger that was added to the published table, or publish under another name.',
  }),
  'warehouse.newer': entry<File & { version: number }>({
    exit: EXIT.config,
    cause: 'A newer Daybook has used this warehouse.',
    what: ({ path, version }) => `The warehouse "${path}" is of version ${version}, which this Daybook does not know.`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Update Daybook to the version that last used the warehouse.',
  }),
  'warehouse.bad-table': entry<{ table: string; reason: string }>({
    exit: EXIT.config,
    cause: 'A pipeline publishes a table in a way no warehouse can hold.',
    what: ({ table, reason }) => `The table "${table}" cannot be published: ${reason}.`,
    where: ({ table }) => ({ key: table }),
    fix: () => 'Correct the table’s columns in the pipeline.',
  }),
  'warehouse.unknown-kind': entry<{ kind: string }>({
    exit: EXIT.config,
    cause: 'The configuration names a kind of warehouse that this Daybook does not have.',
    what: ({ kind }) => `There is no warehouse of kind "${kind}".`,
    where: () => ({ key: 'warehouse.kind' }),
    fix: () => 'Set "warehouse.kind" to "sqlite".',
  }),
  'warehouse.value-not-storable': entry<{ table: string; column: string; value: 'a NUL character' | 'an infinite or undefined number' }>({
    exit: EXIT.data,
    cause: 'A value that SQL text cannot hold came through the cleaning: a NUL character, an infinite number or NaN.',
    what: ({ table, column, value }) => `The column "${column}" of "${table}" holds ${value}. Nothing was published.`,
    where: ({ column }) => ({ key: column }),
    fix: () => 'Mend the value at its source, or clean or refuse it in the contract, and run again.',
  }),
  'warehouse.null-value': entry<{ table: string; column: string }>({
    exit: EXIT.bug,
    cause: 'A transform left a value empty where the published table says there is always one.',
    what: ({ table, column }) => `The column "${column}" of "${table}" has rows without a value. Nothing was published.`,
    where: ({ column }) => ({ key: column }),
    fix: () => 'Give the value in the pipeline’s step, or let the column be nullable.',
  }),
  'warehouse.duplicate-key': entry<{ table: string; key: string }>({
    exit: EXIT.bug,
    cause: 'A transform gave several rows for one key, most often by a join to a side that is not unique.',
    what: ({ table, key }) => `"${table}" has several rows with one "${key}". Nothing was published.`,
    where: ({ key }) => ({ key }),
    fix: () => 'Roll the joined side up to one row a key in the pipeline’s step.',
  }),
  'warehouse.not-published': entry<{ path: string; table: string }>({
    exit: EXIT.noInput,
    cause: 'Nothing was published yet, or another warehouse is meant.',
    what: ({ path, table }) => `The warehouse "${path}" has no table "${table}".`,
    where: ({ path }) => ({ file: path, key: 'warehouse.path' }),
    fix: () => 'Run the pipeline first, or correct "warehouse.path".',
  }),
  'warehouse.refused': entry<File & { doing: string; code: string }>({
    exit: EXIT.bug,
    cause: 'SQLite refused a statement: a fault of Daybook.',
    what: ({ path, doing, code }) => `SQLite refused to ${doing} in "${path}" (${code}). Nothing was published.`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Look at the log with `daybook logs --level error` and report it.',
  }),
};
