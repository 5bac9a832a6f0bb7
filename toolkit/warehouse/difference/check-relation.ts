import { DaybookError } from '../../errors/index.ts';
import type { Session } from '../../frame/session.ts';
import { hashedColumns } from '../published-columns.ts';
import { quoteName } from '../sql-text.ts';
import type { ColumnKind, PublishedColumn, PublishedTable } from '../warehouse.ts';

/** What DuckDB may hold for a published column; money is exact decimal, never binary floating point. */
const TYPES: Readonly<Record<ColumnKind, RegExp>> = {
  text: /^(?:VARCHAR|ENUM\(.*\)|UUID)$/s,
  integer: /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT|U?INTEGER|BOOLEAN)$/,
  real: /^(?:DOUBLE|FLOAT|DECIMAL\(.*\)|U?(?:TINY|SMALL|BIG|HUGE)?INT|U?INTEGER)$/,
  date: /^DATE$/,
  money: /^(?:DECIMAL\(\d+,[012]\)|U?(?:TINY|SMALL|BIG)?INT|U?INTEGER)$/,
  instant: /^TIMESTAMP(?:_MS|_S)?$/,
};

/** Beyond it, pence / 100 is no whole number below 2^53. */
const LARGEST_MONEY = '90071992547409.91::DECIMAL(38,2)';

interface Finding {
  /** An aggregate that is true where the relation is at fault. */
  readonly test: string;
  readonly fault: () => DaybookError;
}

/**
 * Refuses, in one pass and before anything is written, rows that the warehouse could not hold exactly.
 *
 * @returns the number of rows
 * @throws DaybookError `warehouse.bad-table`, `warehouse.duplicate-key`, `warehouse.null-value`,
 * `warehouse.value-not-storable`, `run.total-too-large`
 */
export async function checkRelation(session: Session, table: PublishedTable, relation: string): Promise<number> {
  await checkTypes(session, table, relation);
  const key = quoteName(table.key);
  const findings = [
    ...hashedColumns(table).flatMap((column) => findingsOf(table, column)),
    {
      test: `count(${key}) <> count(DISTINCT ${key})`,
      fault: () => new DaybookError('warehouse.duplicate-key', { table: table.name, key: table.key }),
    },
  ];
  const tests = findings.map(({ test }, i) => `coalesce(${test}, false) AS f${i}`);
  const sql = `SELECT count(*)::DOUBLE AS n, ${tests.join(', ')} FROM ${quoteName(relation)}`;
  const [found] = await session.rows<Record<string, unknown>>(sql, `check the rows of "${table.name}"`);
  findings.forEach(({ fault }, i) => {
    if (found?.[`f${i}`] === true) throw fault();
  });
  return Number(found?.['n'] ?? 0);
}

function findingsOf(table: PublishedTable, column: PublishedColumn): Finding[] {
  const it = quoteName(column.name);
  const place = { table: table.name, column: column.name };
  const found: Finding[] = [];
  if (!column.nullable) found.push({ test: `count(*) <> count(${it})`, fault: () => new DaybookError('warehouse.null-value', place) });
  if (column.kind === 'text') {
    const fault = () => new DaybookError('warehouse.value-not-storable', { ...place, value: 'a NUL character' });
    found.push({ test: `bool_or(contains(${it}::VARCHAR, chr(0)))`, fault });
  }
  if (column.kind === 'real') {
    const fault = () => new DaybookError('warehouse.value-not-storable', { ...place, value: 'an infinite or undefined number' });
    found.push({ test: `bool_or(NOT isfinite(${it}::DOUBLE))`, fault });
  }
  if (column.kind === 'money') {
    const fault = () => new DaybookError('run.total-too-large', { column: column.name });
    found.push({ test: `max(abs(${it}::DECIMAL(38,2))) > ${LARGEST_MONEY}`, fault });
  }
  return found;
}

async function checkTypes(session: Session, table: PublishedTable, relation: string): Promise<void> {
  const described = await session.rows<{ column_name: string; column_type: string }>(`DESCRIBE ${quoteName(relation)}`, `describe "${table.name}"`);
  const types = new Map(described.map((column) => [column.column_name, column.column_type]));
  for (const { name, kind } of hashedColumns(table)) {
    const type = types.get(name);
    if (type === undefined) throw new DaybookError('warehouse.bad-table', { table: table.name, reason: `its rows have no column "${name}"` });
    if (!TYPES[kind].test(type)) {
      throw new DaybookError('warehouse.bad-table', { table: table.name, reason: `"${name}" is ${type}, which does not fit "${kind}"` });
    }
  }
}
