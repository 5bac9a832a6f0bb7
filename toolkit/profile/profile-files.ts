import { basename } from 'node:path';
import { loose, type Session } from '../frame/index.ts';
import { columnNames, read } from '../source/index.ts';
import { bytesOf, malformedOf, Profile } from './profile.ts';
import { profileFile } from './profile-file.ts';
import { type Profiled, referencesOf } from './references.ts';

export interface ProfileFilesOptions {
  readonly session: Session;
  /** Shows values of columns that may be personal too. */
  readonly values: boolean;
  readonly signal: AbortSignal;
  /** Called as the work goes on: what is being done. */
  readonly onStep?: (doing: string) => void;
}

/**
 * Profiles files, and finds which columns of one refer to the key of another. JSON members are found in the first ten thousand records.
 *
 * @throws DaybookError `source.*`, `engine.*`, `run.cancelled`
 */
export async function profileFiles(paths: readonly string[], { session, values, signal, onStep }: ProfileFilesOptions): Promise<Profile> {
  const profiled: Profiled[] = [];
  for (const path of paths) {
    const name = basename(path);
    onStep?.(`reading ${name}`);
    const { names, unnamed } = await columnNames(path, signal);
    const frame = await read(path, { columns: names, session, signal });
    const { extract } = frame;
    const later = extract.files.flatMap(({ extraColumns }) => extraColumns).filter((column) => column !== '');
    const notes = [
      ...(unnamed > 0
        ? [`${unnamed === 1 ? 'A column has' : `${unnamed} columns have`} no name and ${unnamed === 1 ? 'was' : 'were'} left out.`]
        : []),
      ...(later.length > 0 ? [`Not profiled, as they come first after the records that were looked at for names: ${later.join(', ')}.`] : []),
      ...(extract.files.length > 1 ? [`${extract.files.length} files.`] : []),
    ];
    const told = { name, bytes: bytesOf(extract), malformed: malformedOf(extract), notes, hasValues: values, ...(onStep && { onStep }) };
    profiled.push(await profileFile(session, loose(frame), told));
  }
  if (profiled.length > 1) onStep?.('references between the files');
  return new Profile(
    profiled.map(({ file }) => file),
    await referencesOf(session, profiled),
  );
}
