import type { LooseFrame, Session } from '../frame/index.ts';
import { alternativesOf } from './alternatives.ts';
import { basicsOf, numbered } from './basics.ts';
import { type ColumnProfile, type FileProfile, isPersonal } from './document.ts';
import { candidateKeys } from './keys.ts';
import { profileColumn } from './profile-column.ts';
import { type NumberRange, rangesOf } from './ranges.ts';
import type { Profiled } from './references.ts';

/** What is told of a file beside its rows. */
export interface FileAsked extends Pick<FileProfile, 'name' | 'bytes' | 'malformed' | 'notes'> {
  readonly hasValues: boolean;
  /** Called before each step, for progress. */
  readonly onStep?: (doing: string) => void;
}

const DAY_MS = 86_400_000;
const round = (x: number): number => Number(x.toPrecision(12));
const day = (days: number): string => new Date(Math.round(days) * DAY_MS).toISOString().slice(0, 10);

/** Profiles the rows of one file or frame: one wide pass, one a column, two over what has a range, then the keys. */
export async function profileFile(session: Session, frame: LooseFrame, asked: FileAsked): Promise<Profiled> {
  const { name, bytes, malformed, notes, hasValues, onStep } = asked;
  const texts = numbered(frame);
  onStep?.(`all columns of ${name}`);
  const { rows, columns: basics } = await basicsOf(session, texts);
  const found: ColumnProfile[] = [];
  for (const [i, column] of frame.columns.entries()) {
    onStep?.(`the column ${column} of ${name}`);
    const own = basics[i] ?? { nulls: 0, empties: 0, padded: 0, about: 0 };
    found.push(await profileColumn(session, { name: column, texts, column: `raw:${i}`, basics: own, rows, hasValues }));
  }
  onStep?.(`ranges and keys of ${name}`);
  const ranges = await rangesOf(
    session,
    texts,
    found.map(({ type }) => type),
    rows,
  );
  const columns = found.map((column, i) => withRange(column, ranges[i] ?? null, hasValues));
  const keys = await candidateKeys(session, texts, columns, rows);
  const alternatives = await alternativesOf(session, texts, columns, rows);
  return { file: { name, bytes, rows, malformed, columns, keys, alternatives, notes }, texts };
}

/** Least, greatest and quartiles are values of single records: they are left out where a column may be personal. */
function withRange(column: ColumnProfile, found: NumberRange | null, hasValues: boolean): ColumnProfile {
  if (!found) return column;
  const { outliers, isExact, ...at } = found;
  const isDate = column.type === 'date' || column.type === 'time stamp';
  const shown = <T extends number | string>(show: (x: number) => T) => ({
    least: show(at.least),
    lowerQuartile: show(at.lowerQuartile),
    median: show(at.median),
    upperQuartile: show(at.upperQuartile),
    greatest: show(at.greatest),
    isExact,
  });
  const range = isPersonal(column) && !hasValues ? null : isDate ? shown(day) : shown(round);
  return { ...column, outliers, range };
}
