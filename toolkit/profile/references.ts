import { col, count, discard, keep, type LooseFrame, loose, rowsOf, type Session, sum, typed, wordsOfName } from '../frame/index.ts';
import type { ColumnProfile, ColumnType, FileProfile, Reference } from './document.ts';
import { textsOf } from './values.ts';

/** A file that was profiled, and its texts as `numbered` gives them. */
export interface Profiled {
  readonly file: FileProfile;
  readonly texts: LooseFrame;
}

/** The least share of the records whose value is found. */
const LEAST_FOUND = 0.5;
/** Fewer different values lie among another file's numbers by chance. */
const LEAST_DISTINCT = 20;

/** Which columns hold keys of another file, and how many of their values are there. */
export async function referencesOf(session: Session, files: readonly Profiled[]): Promise<Reference[]> {
  const found: Reference[] = [];
  for (const parent of files) {
    const children = files.filter((file) => file !== parent);
    for (const key of parent.file.keys.filter(({ columns }) => columns.length === 1)) {
      const at = parent.file.columns.findIndex(({ name }) => name === key.columns[0]);
      const column = parent.file.columns[at] as ColumnProfile;
      const keys = await keep(session, distinct(parent.texts, at), 'profile_keys', 'keep the keys of a file');
      for (const child of children) found.push(...(await lookedUp(session, child, { file: parent.file, column, keys: loose(keys.frame) })));
      await discard(session, keys);
    }
  }
  return found;
}

const distinct = (texts: LooseFrame, at: number) =>
  typed<object>(
    textsOf(texts, `raw:${at}`)
      .groupby('text')
      .rollup(() => ({ n: count() })),
  );

interface Parent {
  readonly file: FileProfile;
  readonly column: ColumnProfile;
  readonly keys: LooseFrame;
}

async function lookedUp(session: Session, { file, texts }: Profiled, parent: Parent): Promise<Reference[]> {
  const found: Reference[] = [];
  for (const [i, column] of file.columns.entries()) {
    if (!mayRefer(column, parent)) continue;
    const inParent = loose(distinct(texts, i) as never).semijoin(parent.keys, 'text');
    const [row] = await rowsOf(session, typed<{ n: bigint | null }>(inParent.groupby().rollup((c) => ({ n: sum(col<number>(c, 'n')) }))));
    const [present, matched] = [column.fits + column.unfit, Number(row?.n ?? 0)];
    if (matched >= LEAST_FOUND * present)
      found.push({
        from: { file: file.name, column: column.name },
        to: { file: parent.file.name, column: parent.column.name },
        present,
        found: matched,
      });
  }
  return found;
}

/** Types whose texts may be the keys of one another: what is unique in a lookup comes again and again where it is used. */
const ALIKE: ReadonlySet<ColumnType> = new Set(['code', 'code list', 'text']);
const isAlike = (a: ColumnType, b: ColumnType): boolean => a === b || (ALIKE.has(a) && ALIKE.has(b));

/** Whether a column may hold another's values: of a like type, and named as the key or its file or of too many values for chance. */
function mayRefer(column: ColumnProfile, { column: key, file }: Parent): boolean {
  if (!isAlike(column.type, key.type) || column.distinct === 0) return false;
  const words = stemsOf(`${key.name} ${file.name.replace(/\.[^.]*$/, '')}`);
  const isNamedAlike = stemsOf(column.name).some(
    (word) => word.length > 2 && words.some((other) => other.startsWith(word) || word.startsWith(other)),
  );
  return isNamedAlike || column.distinct >= LEAST_DISTINCT;
}

/** The words of a name, one and many alike: `countries` is `countr`, as is `country`. */
const stemsOf = (name: string): string[] =>
  wordsOfName(name)
    .split(' ')
    .map((word) => word.replace(/(?:ies|y|s)$/, ''))
    .filter((word) => word !== '');
