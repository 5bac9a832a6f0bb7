import { col, type LooseFrame, type Session, toWhole, typed } from '../frame/index.ts';
import type { CandidateKey, ColumnProfile, ColumnType } from './document.ts';
import { EXACT_LIMIT, textsOf } from './values.ts';

/** What may tell records apart: reference numbers, not dates, amounts or sentences. */
const KEY_TYPES: ReadonlySet<ColumnType> = new Set(['whole number', 'code', 'text']);
const PART_TYPES: ReadonlySet<ColumnType> = new Set(['whole number', 'code', 'text', 'code list', 'date', 'time stamp', 'yes or no']);
/** A nearly unique key: so many of the records are there, and differ. */
const NEARLY = 0.95;
/** The least share of the true number of different values that an estimate of it may be: its standard error is 13 %. */
const ESTIMATE = 0.55;
/** Pairs are tried of the most telling columns alone. */
const MOST_PAIRED = 6;

const missing = ({ nulls, empties }: ColumnProfile): number => nulls + empties;
const mayBeKey = (column: ColumnProfile, rows: number): boolean =>
  KEY_TYPES.has(column.type) &&
  // names, places and the like are texts that happen to differ
  (column.type !== 'text' || (column.personal === null && !column.patterns.some(({ pattern }) => pattern.includes(' ')))) &&
  rows - missing(column) >= NEARLY * rows;

/**
 * The columns that tell records apart, unique ones first; pairs where no single column does.
 *
 * - Shape in: as `numbered` gives, columns in the order of `profiles`.
 * - Columns whose different values were estimated are counted exactly here, whole numbers as numbers.
 */
export async function candidateKeys(session: Session, texts: LooseFrame, profiles: readonly ColumnProfile[], rows: number): Promise<CandidateKey[]> {
  if (rows < 2) return [];
  const keys: CandidateKey[] = [];
  for (const [i, column] of profiles.entries()) {
    const present = column.fits + column.unfit;
    if (!mayBeKey(column, rows) || column.distinct < (column.isDistinctExact ? NEARLY : ESTIMATE) * present) continue;
    const distinct = column.isDistinctExact ? column.distinct : await exactly(session, texts, i, column.type);
    if (distinct >= NEARLY * present) keys.push({ columns: [column.name], duplicates: present - distinct, missing: missing(column) });
  }
  const sorted = keys.toSorted((a, b) => a.duplicates + a.missing - (b.duplicates + b.missing));
  return sorted.length > 0 ? sorted : pairs(session, texts, profiles, rows);
}

async function exactly(session: Session, texts: LooseFrame, i: number, type: ColumnType): Promise<number> {
  const present = textsOf(texts, `raw:${i}`);
  // a whole number takes half the memory of a text; texts that are none are one group
  const narrow = type === 'whole number' ? present.derive((c) => ({ text: toWhole(col(c, 'text')) })) : present;
  return typed<object>(narrow.groupby('text').rollup(() => ({}))).count({ session });
}

async function pairs(session: Session, texts: LooseFrame, profiles: readonly ColumnProfile[], rows: number): Promise<CandidateKey[]> {
  if (rows > EXACT_LIMIT) return [];
  const parts = profiles
    .flatMap((column, i) => (PART_TYPES.has(column.type) && missing(column) === 0 && column.distinct > 1 ? [{ column, i }] : []))
    .toSorted((a, b) => b.column.distinct - a.column.distinct)
    .slice(0, MOST_PAIRED);
  const found: CandidateKey[] = [];
  for (const [at, a] of parts.entries()) {
    for (const b of parts.slice(at + 1)) {
      if (a.column.distinct * b.column.distinct < rows) continue;
      const groups = await typed<object>(texts.groupby(`raw:${a.i}`, `raw:${b.i}`).rollup(() => ({}))).count({ session });
      if (groups === rows) found.push({ columns: [a.column.name, b.column.name], duplicates: 0, missing: 0 });
    }
  }
  return found;
}
