import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { loose, type Session } from '../frame/index.ts';
import { columnNames, type Extract, read } from '../source/index.ts';
import { bytesOf, malformedOf, Profile } from './profile.ts';
import { profileFile } from './profile-file.ts';
import { type Profiled, referencesOf } from './references.ts';
import { type ProfileStep, ProfileSteps } from './steps.ts';

export interface ProfileFilesOptions {
  readonly session: Session;
  /** Shows values of columns that may be personal too. */
  readonly values: boolean;
  readonly signal: AbortSignal;
  /** Called as each step begins. */
  readonly onStep?: (step: ProfileStep) => void;
  /** Called while a file is read: how many of its bytes. */
  readonly onBytes?: (done: number, total: number) => void;
}

/**
 * Profiles files, and finds which columns of one refer to the key of another. JSON members are found in the first ten thousand records.
 *
 * @throws DaybookError `source.*`, `engine.*`, `run.cancelled`
 */
export async function profileFiles(paths: readonly string[], { session, values, signal, onStep, onBytes }: ProfileFilesOptions): Promise<Profile> {
  const files = [];
  for (const path of paths) files.push({ path, name: basename(path), bytes: await bytesAt(path), ...(await columnNames(path, signal)) });
  const steps = new ProfileSteps(
    files.map(({ bytes, names }) => ({ bytes, columns: names.length })),
    onStep,
  );
  const profiled: Profiled[] = [];
  for (const { path, name, names, unnamed } of files) {
    steps.begin(`reading ${name}`);
    const frame = await read(path, { columns: names, session, signal, ...(onBytes && { onProgress: onBytes }) });
    const { extract } = frame;
    const told = { name, bytes: bytesOf(extract), malformed: malformedOf(extract), notes: notesOf(extract, unnamed), hasValues: values, steps };
    profiled.push(await profileFile(session, loose(frame), told));
  }
  if (profiled.length > 1) steps.begin('references between the files');
  return new Profile(
    profiled.map(({ file }) => file),
    await referencesOf(session, profiled),
  );
}

/** Of a pattern nothing is known before it is read. */
const bytesAt = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

/** What of the files was not profiled, and how many they were. */
function notesOf({ files }: Extract, unnamed: number): string[] {
  const later = files.flatMap(({ extraColumns }) => extraColumns).filter((column) => column !== '');
  return [
    ...(unnamed > 0 ? [`${unnamed === 1 ? 'A column has' : `${unnamed} columns have`} no name and ${unnamed === 1 ? 'was' : 'were'} left out.`] : []),
    ...(later.length > 0 ? [`Not profiled, as they come first after the records that were looked at for names: ${later.join(', ')}.`] : []),
    ...(files.length > 1 ? [`${files.length} files.`] : []),
  ];
}
