import type { LooseFrame, Session } from '../frame/index.ts';
import { alternativesOf } from './alternatives.ts';
import { basicsOf, numbered } from './basics.ts';
import type { ColumnProfile, FileProfile } from './document.ts';
import { candidateKeys } from './keys.ts';
import { profileColumn } from './profile-column.ts';
import type { Profiled } from './references.ts';
import type { ProfileSteps } from './steps.ts';

/** What is told of a file beside its rows. */
export interface FileAsked extends Pick<FileProfile, 'name' | 'bytes' | 'malformed' | 'notes'> {
  readonly hasValues: boolean;
  /** Is told of each step; its next one is that of all columns. */
  readonly steps?: ProfileSteps;
}

/** Profiles the rows of one file or frame: one wide pass, a few over each column, then the keys. */
export async function profileFile(session: Session, frame: LooseFrame, asked: FileAsked): Promise<Profiled> {
  const { name, bytes, malformed, notes, hasValues, steps } = asked;
  const texts = numbered(frame);
  steps?.begin(`all columns of ${name}`);
  const { rows, about } = await basicsOf(session, texts);
  steps?.weigh(about);
  const columns: ColumnProfile[] = [];
  for (const [i, column] of frame.columns.entries()) {
    steps?.begin(`the column ${column} of ${name}`, rows);
    columns.push(await profileColumn(session, { name: column, texts, column: `raw:${i}`, about: about[i] ?? 0, rows, hasValues }));
  }
  steps?.begin(`keys of ${name}`, rows);
  const keys = await candidateKeys(session, texts, columns, rows);
  const alternatives = await alternativesOf(session, texts, columns, rows);
  return { file: { name, bytes, rows, malformed, columns, keys, alternatives, notes }, texts };
}
