import type { Kept } from '../../frame/index.ts';
import type { Extract } from '../../source/index.ts';
import type { AuditEntry, TableLoad, Warehouse } from '../../warehouse/warehouse.ts';
import type { Job } from '../job.ts';

/** Publishes every table of the pipeline in one transaction, or, in a dry run, says what that would do. */
export async function publish(job: Job, warehouse: Warehouse): Promise<void> {
  const { request, session, scratch } = job;
  const tables = request.pipeline.definition.publications.map(
    ({ from, table, dataSource }): TableLoad => ({
      table,
      relation: (job.steps.get(from) as Kept<object>).table,
      dataSource: (job.extracts.get(dataSource) as Extract).files.map((file) => file.name).join(', '),
      onMissing: request.config.onMissing,
    }),
  );
  const rows = tables.reduce((sum, { relation }) => sum + ([...job.steps.values()].find((step) => step.table === relation)?.rows ?? 0), 0);
  await job.meter.step({ name: 'publish', rows }, async () => {
    const counts = await warehouse.load({
      session,
      tables,
      asOf: request.asOf,
      audit: auditEntry(job, 'succeeded', null),
      scratchFolder: scratch,
      dryRun: request.mode === 'dry-run',
      now: request.now,
      signal: request.signal,
      onProgress: (done, total) => request.emit({ type: 'step-progress', step: 'publish', done, total, unit: 'rows' }),
    });
    for (const [table, loaded] of Object.entries(counts)) {
      job.load.set(table, loaded);
      request.emit({ type: 'table-published', table, counts: loaded });
    }
    const written = Object.values(counts).reduce((sum, { inserted, updated, deleted }) => sum + inserted + updated + deleted, 0);
    return { rows: { rowsIn: rows, rowsOut: written }, value: undefined };
  });
}

/** What the warehouse's audit table keeps of a run, as far as it got. */
export function auditEntry({ runId, startedAt, checked, request }: Job, status: AuditEntry['status'], error: string | null): AuditEntry {
  const rows = { read: 0, accepted: 0, rejected: 0 };
  for (const { counts } of checked.values()) {
    rows.read += counts.rows.read;
    rows.accepted += counts.rows.accepted;
    rows.rejected += counts.rows.rejected;
  }
  return { runId, startedAt, status, rows, error, codeVersion: request.codeVersion };
}
