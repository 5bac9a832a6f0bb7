import type { Meanings } from '../../cli/run/meanings.ts';
import type { RunDocument } from '../../toolkit/run/document.ts';

/** A run that never was: the same figures for every golden. */
export const ranWell: RunDocument = {
  schema: 'daybook.run/1',
  runId: '20261124T153329Z-9f3c1a',
  pipeline: 'customer-360',
  environment: 'development',
  status: 'succeeded',
  startedAt: '2026-11-24T15:33:29.000Z',
  finishedAt: '2026-11-24T15:33:32.210Z',
  rows: {
    crm: { read: 1_002_082, accepted: 1_000_000, rejected: 2_082, warned: 286 },
    orders: { read: 4_195, accepted: 4_195, rejected: 0, warned: 0 },
  },
  sources: {
    crm: { files: 2, bytes: 118_000_000, plain: 1, copied: 1, rewritten: 0 },
    orders: { files: 1, bytes: 402_000, plain: 0, copied: 0, rewritten: 1 },
  },
  rules: { crm: { 'customer_id.duplicate': 2_082, 'email.invalid': 286, 'phone.missing': 0 }, orders: { 'date.invalid': 0 } },
  steps: [
    { name: 'read crm', rowsIn: 1_002_082, rowsOut: 1_002_082, startMs: 120, ms: 1_900, cpuMs: 2_800, peakBytes: 420_000_000, spilledBytes: 0 },
    {
      name: 'customers',
      rowsIn: 1_004_195,
      rowsOut: 1_000_000,
      startMs: 2_040,
      ms: 700,
      cpuMs: 1_300,
      peakBytes: 610_000_000,
      spilledBytes: 84_000_000,
    },
    { name: 'publish', rowsIn: 1_000_000, rowsOut: 12, startMs: 2_760, ms: 400, cpuMs: 500, peakBytes: 610_000_000, spilledBytes: 84_000_000 },
  ],
  gates: [{ name: 'crm.minRows', limit: 1, actual: 1_002_082, passed: true }],
  load: { customer_enriched: { inserted: 7, updated: 5, unchanged: 999_988, deleted: 0 } },
  notices: [],
  artefacts: { rejects: '/home/p/.daybook/runs/20261124T153329Z-9f3c1a/rejects.parquet', log: '/home/p/.daybook/logs/daybook.log', report: null },
  error: null,
};

export const ranBadly: RunDocument = {
  ...ranWell,
  status: 'refused',
  load: {},
  environment: 'production',
  gates: [
    { name: 'crm.minRows', limit: 1, actual: 1_002_082, passed: true },
    { name: 'orders.maxDropPercent', limit: 30, actual: 41, passed: false },
  ],
  error: {
    code: 'run.gate-failed',
    message: 'The quality gate "orders.maxDropPercent" failed: 41 where 30 is the limit. Nothing was published.',
    remedy: 'Look at it.',
    source: 'orders',
    file: null,
  },
};

export const meanings: Meanings = {
  crm: {
    'customer_id.duplicate': { severity: 'reject', reason: 'A later record has the same customer number.' },
    'email.invalid': { severity: 'warn', reason: 'E-mail is not an address that mail can be sent to.' },
  },
};
