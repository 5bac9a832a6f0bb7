import {
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
  DuckDBDateValue,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
  TIMESTAMP,
  VARCHAR,
} from '@duckdb/node-api';
import { DaybookError } from '../errors/index.ts';
import { type Plan, type PlanRows, plansOf, sqlOf } from './plan.ts';
import type { Session } from './session.ts';
import { quoted } from './sql.ts';

const DAY_MS = 86_400_000;

/** The SQL of a plan, ready to run in a session: rows that live in JavaScript are brought in first, once a session. */
export async function prepare(session: Session, plan: Plan): Promise<string> {
  for (const { rows } of plansOf(plan).order) {
    if (rows) await session.once(rows, () => bringIn(session, rows));
  }
  return sqlOf(plan);
}

async function bringIn(session: Session, { table, columns, data }: PlanRows): Promise<void> {
  const types = columns.map((name) => typeOf(data.map((row) => row[name])));
  await session.run(`CREATE TABLE ${quoted(table)} (${columns.map((name, i) => `${quoted(name)} ${types[i]}`).join(', ')})`, 'bring in rows');
  const values = data.map((row) => columns.map((name, i) => engineValue(row[name], types[i] as DuckDBType)));
  await session.append(table, types, values);
}

/** The narrowest type that holds every value of a column; a column of nulls alone is text. */
function typeOf(values: readonly unknown[]): DuckDBType {
  const present = values.filter((value) => value !== null && value !== undefined);
  const all = (test: (value: unknown) => boolean) => present.length > 0 && present.every(test);
  if (all((v) => typeof v === 'boolean')) return BOOLEAN;
  if (all((v) => typeof v === 'bigint' || Number.isSafeInteger(v))) return BIGINT;
  if (all((v) => typeof v === 'number' || typeof v === 'bigint')) return DOUBLE;
  if (all((v) => v instanceof Date)) return all((v) => +(v as Date) % DAY_MS === 0) ? DATE : TIMESTAMP;
  return VARCHAR;
}

function engineValue(value: unknown, type: DuckDBType): DuckDBValue | null {
  if (value === null || value === undefined) return null;
  const bad = badValue(value);
  if (bad !== null) throw new DaybookError('frame.bad-value', { value: bad });
  if (type === BIGINT) return BigInt(value as number);
  if (type === DOUBLE) return Number(value);
  if (type === DATE) return new DuckDBDateValue(+(value as Date) / DAY_MS);
  if (type === TIMESTAMP) return new DuckDBTimestampValue(BigInt(+(value as Date)) * 1000n);
  if (type === BOOLEAN) return value as boolean;
  return value instanceof Date ? value.toISOString() : String(value);
}

const INT64 = 1n << 63n;

/** What is wrong with a value that no column can hold, without the value itself where it may be data; else null. */
function badValue(value: unknown): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : String(value);
  if (typeof value === 'bigint') return value >= -INT64 && value < INT64 ? null : 'a whole number beyond 64 bits';
  if (value instanceof Date) return Number.isNaN(+value) ? String(value) : null;
  return typeof value === 'string' || typeof value === 'boolean' ? null : `a value of type ${typeof value}`;
}
