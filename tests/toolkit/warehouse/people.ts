import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { Session } from '../../../toolkit/frame/session.ts';
import type { AuditEntry, LoadRequest, OnMissing, PublishedTable } from '../../../toolkit/warehouse/warehouse.ts';

/** A small published table with a column of every kind but `instant`. */
export const PEOPLE: PublishedTable = {
  name: 'people',
  key: 'id',
  columns: [
    { name: 'id', kind: 'integer', nullable: false },
    { name: 'name', kind: 'text', nullable: true },
    { name: 'score', kind: 'integer', nullable: false },
    { name: 'spent', kind: 'money', nullable: false },
    { name: 'latitude', kind: 'real', nullable: true },
    { name: 'seen', kind: 'date', nullable: true },
    { name: 'days_since', kind: 'integer', nullable: true },
  ],
  ages: { days_since: 'seen' },
  indexes: [['score', 'name']],
};

/** The rows of PEOPLE as a query: `n` of them, every one whose id divides by `changed` (0: none) with another score. */
export const peopleQuery = (n: number, changed = 0, from = 1): string => `
  SELECT i AS id, CASE WHEN i % 5 = 0 THEN NULL ELSE 'Name ' || i END AS name,
    (i % 100 + ${changed === 0 ? '0' : `CASE WHEN i % ${changed} = 0 THEN 1000 ELSE 0 END`})::INTEGER AS score,
    (i::DECIMAL(18,2) / 100)::DECIMAL(18,2) AS spent, CASE WHEN i % 3 = 0 THEN NULL ELSE i / 7.0::DOUBLE END AS latitude,
    CASE WHEN i % 4 = 0 THEN NULL ELSE DATE '2024-01-01' + (i % 300)::INTEGER END AS seen
  FROM range(${from}, ${from + n}) t(i)`;

/** A temporary folder that goes when the test ends. */
export function temporaryFolder(t: ExecutionContext, parent = tmpdir()): string {
  const folder = mkdtempSync(join(parent, 'daybook-warehouse-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A session that closes when the test ends; with `extensions`, DuckDB looks there for its sqlite extension. */
export async function sessionOf(t: ExecutionContext, extensions?: string): Promise<Session> {
  const session = await Session.open({ threads: 2, extensionFolder: extensions ?? temporaryFolder(t) });
  t.teardown(() => session.close());
  return session;
}

export const NOW = new Date('2026-11-24T06:00:00.000Z');

export const auditOf = (runId: string): AuditEntry => ({
  runId,
  startedAt: NOW,
  status: 'succeeded',
  rows: { read: 12, accepted: 10, rejected: 2 },
  error: null,
  codeVersion: 'test',
});

export interface Ask {
  readonly query: string;
  readonly runId: string;
  readonly table?: PublishedTable;
  readonly onMissing?: OnMissing;
  readonly asOf?: string;
  readonly dryRun?: boolean;
  readonly now?: Date;
  readonly signal?: AbortSignal;
}

/** A request to load the rows of a query, materialised in the session. */
export async function requestOf(session: Session, scratchFolder: string, ask: Ask): Promise<LoadRequest> {
  const relation = session.freshName('people_rows');
  await session.run(`CREATE TABLE ${relation} AS ${ask.query}`);
  return {
    session,
    tables: [{ table: ask.table ?? PEOPLE, relation, dataSource: 'people.csv', onMissing: ask.onMissing ?? 'keep' }],
    asOf: ask.asOf ?? '2026-11-24',
    audit: auditOf(ask.runId),
    scratchFolder,
    dryRun: ask.dryRun ?? false,
    now: () => ask.now ?? NOW,
    signal: ask.signal ?? new AbortController().signal,
  };
}
