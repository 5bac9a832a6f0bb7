import type { DuckDBDataChunk, DuckDBValue, DuckDBValueConverter } from '@duckdb/node-api';
import { defaultSession } from './default-session.ts';
import { prepare } from './execute.ts';
import type { Frame } from './frame.ts';
import { personalOf } from './personal/of-plan.ts';
import type { PersonalTag } from './personal/tag.ts';
import type { Session } from './session.ts';

/** The type of a column in a word: `decimal(18,2)` has its precision; `null` is a column of nulls alone. */
export type ColumnType = 'integer' | 'number' | `decimal(${string})` | 'text' | 'date' | 'timestamp' | 'boolean' | 'null' | 'other';

/** What is shown of a frame: its columns, its first and last rows as exact texts, and how many there are. */
export interface Preview {
  readonly columns: readonly { readonly name: string; readonly type: ColumnType; readonly personal: PersonalTag | null }[];
  readonly count: number;
  readonly first: readonly (readonly (string | null)[])[];
  /** Rows from the end that are not among the first. */
  readonly last: readonly (readonly (string | null)[])[];
}

const TYPES: readonly (readonly [RegExp, ColumnType])[] = [
  [/^U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?$/, 'integer'],
  [/^(?:DOUBLE|FLOAT)$/, 'number'],
  [/^(?:VARCHAR|JSON)$/, 'text'],
  [/^DATE$/, 'date'],
  [/^TIMESTAMP/, 'timestamp'],
  [/^BOOLEAN$/, 'boolean'],
  [/^"?NULL"?$/, 'null'],
];

function typeOf(engine: string): ColumnType {
  if (engine.startsWith('DECIMAL')) return engine.toLowerCase() as ColumnType;
  return TYPES.find(([form]) => form.test(engine))?.[1] ?? 'other';
}

/** The types of a frame's columns, by name. Nothing is read but what the engine needs to plan the query. @throws DaybookError */
export async function columnTypes(frame: Frame<object>, options: { readonly session?: Session } = {}): Promise<ReadonlyMap<string, ColumnType>> {
  const session = options.session ?? (await defaultSession());
  const found = await session.rows<{ column_name: string; column_type: string }>(
    `DESCRIBE ${await prepare(session, frame.plan)}`,
    'describe a frame',
  );
  return new Map(found.map(({ column_name, column_type }) => [column_name, typeOf(column_type)]));
}

/** A value as the engine writes it: decimals with all their places, dates as YYYY-MM-DD. */
const asText: DuckDBValueConverter<string> = (value) => (value === null ? null : String(value));

const rowsIn = (chunk: DuckDBDataChunk, from: number, to: number): (string | null)[][] =>
  Array.from(
    { length: Math.max(0, to - from) },
    (_, i) => chunk.convertRowValues(from + i, asText as DuckDBValueConverter<DuckDBValue>) as (string | null)[],
  );

/**
 * Runs a frame once, counts its rows, and gives the first and the last of them. The rows between never become JavaScript values.
 * @throws DaybookError
 */
export async function preview(
  frame: Frame<object>,
  { first, last, session }: { readonly first: number; readonly last: number; readonly session?: Session },
): Promise<Preview> {
  const where = session ?? (await defaultSession());
  const types = await columnTypes(frame, { session: where });
  const personal = personalOf(frame.plan);
  const head: (string | null)[][] = [];
  let tail: (string | null)[][] = [];
  let count = 0;
  for await (const chunk of where.stream(await prepare(where, frame.plan), 'show a frame')) {
    const taken = Math.min(chunk.rowCount, first - head.length);
    head.push(...rowsIn(chunk, 0, taken));
    const later = [...tail, ...rowsIn(chunk, Math.max(taken, chunk.rowCount - last), chunk.rowCount)];
    tail = later.slice(Math.max(0, later.length - last));
    count += chunk.rowCount;
  }
  return {
    columns: frame.columns.map((name) => ({ name, type: types.get(name) ?? 'other', personal: personal.get(name) ?? null })),
    count,
    first: head,
    last: tail,
  };
}
