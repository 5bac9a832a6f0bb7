import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { DaybookError } from '../../toolkit/errors/index.ts';
import { readParquet, Session } from '../../toolkit/frame/index.ts';
import { type LoadedPipeline, REJECT_COLUMNS, type RejectRow } from '../../toolkit/run/index.ts';
import { findRejects } from '../../toolkit/state/index.ts';
import { publishedRows } from '../../toolkit/warehouse/index.ts';
import { cellsOf } from './cells.ts';
import { type Comparison, compareLines, compareRows, compareRules } from './comparison.ts';
import type { Outcome } from './outcome.ts';
import type { Scenario } from './scenario.ts';

type Row = Readonly<Record<string, string | null>>;

/** Everything that a scenario expects beside what came: the exit code, published rows, counts by rule, rejects. */
export async function compareOutcome(scenario: Scenario, outcome: Outcome, pipeline: LoadedPipeline): Promise<Comparison[]> {
  const [expected, actual] = [String(scenario.exit), String(outcome.exit)];
  const exit: Comparison = { part: 'exit code', pairs: [{ label: '', expected, actual, isEqual: expected === actual }] };
  return [exit, ...(await rowsPart(scenario, outcome, pipeline)), ...rulesPart(scenario, outcome), ...(await rejectsPart(scenario, outcome))];
}

const textOf = ({ folder }: Scenario, file: string): string | null =>
  existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : null;

async function rowsPart(scenario: Scenario, { config }: Outcome, { definition }: LoadedPipeline): Promise<Comparison[]> {
  const text = textOf(scenario, 'expected.csv');
  const [publication] = definition.publications;
  if (!publication) return [];
  const { table } = publication;
  const rows = config === null ? [] : await publishedRows(config.warehouse.path, table.name).catch(notPublished);
  // A case that is refused publishes nothing.
  if (text === null)
    return scenario.exit === 0
      ? []
      : [{ part: 'published rows', pairs: [{ label: 'rows', expected: '0', actual: String(rows.length), isEqual: rows.length === 0 }] }];
  const expected = cellsOf(text);
  const kinds = new Map(table.columns.map(({ name, kind }) => [name, kind]));
  const actual = rows.map((row) => Object.fromEntries(expected.columns.map((name) => [name, shown(row[name] ?? null, kinds.get(name) === 'money')])));
  const isEqual = (column: string, a: string | null, b: string | null) =>
    a === b || (kinds.get(column) === 'real' && a !== null && b !== null && Number(a) === Number(b));
  return [{ part: 'published rows', pairs: compareRows(expected.columns, expected.rows, actual, isEqual) }];
}

function notPublished(fault: unknown): [] {
  if (fault instanceof DaybookError && fault.code === 'warehouse.not-published') return [];
  throw fault;
}

/** A published value as a cell of expected.csv. */
const shown = (value: string | number | null, isMoney: boolean): string | null =>
  value === null ? null : isMoney && typeof value === 'number' ? value.toFixed(2) : String(value) || null;

const rulesSchema = z.record(z.string(), z.record(z.string(), z.int().min(0))).nullable();

function rulesPart(scenario: Scenario, { document }: Outcome): Comparison[] {
  const text = textOf(scenario, 'expected-rules.yaml');
  if (text === null) return [];
  const expected = rulesSchema.safeParse(parse(text));
  if (!expected.success)
    throw new DaybookError('usage.bad-scenario', {
      name: scenario.name,
      file: join(scenario.folder, 'expected-rules.yaml'),
      reason: 'it is no map of source, rule and count',
    });
  return [{ part: 'rules', pairs: compareRules(expected.data ?? {}, document?.rules ?? {}) }];
}

async function rejectsPart(scenario: Scenario, { document, state }: Outcome): Promise<Comparison[]> {
  const text = textOf(scenario, 'expected-rejects.csv');
  if (text === null) return [];
  const expected = cellsOf(text);
  const file = document?.runId && state ? await findRejects(state, document.runId) : null;
  const actual = file === null ? [] : await rejectsOf(file, expected.columns);
  return [{ part: 'rejects', pairs: compareLines(expected.columns, expected.rows, actual) }];
}

async function rejectsOf(file: string, columns: readonly string[]): Promise<Row[]> {
  const session = await Session.open();
  try {
    const rows = (await readParquet<RejectRow>(file, REJECT_COLUMNS).collect({ session })).objects({ limit: Number.POSITIVE_INFINITY }) as Record<
      string,
      unknown
    >[];
    return rows.map((row) =>
      Object.fromEntries(columns.map((name) => [name, row[name] === null || row[name] === undefined ? null : String(row[name])])),
    );
  } finally {
    session.close();
  }
}
