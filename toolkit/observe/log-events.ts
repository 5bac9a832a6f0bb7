import type { RunDocument } from '../run/document.ts';
import type { EventSink, RunEvent } from '../run/events.ts';
import type { Log } from './log.ts';

/**
 * Who runs Daybook, for the audit log: the number of the operating system's user. A user's name is personal data and
 * often a person's own; the number is as good on the machine and says nothing elsewhere. `unknown` where there are none.
 */
export function whoRuns(getuid: (() => number) | undefined = process.getuid): string {
  return getuid ? `uid:${getuid()}` : 'unknown';
}

/**
 * A sink that writes a run's events to the log: what happens to the application log, who did what to which data and
 * how it ended to the audit log, times and resources to the performance log. Progress is not logged.
 */
export function logEvents(log: Log, who: string = whoRuns()): EventSink {
  let of = log;
  return (event) => {
    if (event.type === 'run-started') of = log.forRun(event);
    toApp(of, event);
    toAudit(of, event, who);
    toPerformance(of, event);
  };
}

function toApp(log: Log, event: RunEvent): void {
  const { type, ...fields } = event;
  switch (event.type) {
    case 'run-started':
      return log.info('run started', { environment: event.environment, mode: event.mode });
    case 'run-replays':
      return log.info('run replays another with corrected records', replayFields(event.replay));
    case 'run-planned':
      return;
    case 'step-started':
      return log.debug('step started', fields);
    case 'step-progress':
      return;
    case 'step-finished':
      return log.info('step finished', {
        step: event.figures.name,
        rowsIn: event.figures.rowsIn,
        rowsOut: event.figures.rowsOut,
        ms: event.figures.ms,
      });
    case 'source-read':
      return log.info('source read', fields);
    case 'service-asked':
      return log.info('service asked', fields);
    case 'schema-drift':
      return log.warn('unknown columns are ignored', fields);
    case 'source-checked':
      return log.info('source checked', {
        source: event.source,
        ...event.rows,
        rules: Object.fromEntries(Object.entries(event.rules).filter(([, broken]) => broken > 0)),
      });
    case 'notice':
      return log.warn(event.message, { code: event.code });
    case 'gate-judged':
      return event.gate.passed ? log.info('gate passed', gateFields(event.gate)) : log.error('gate failed', gateFields(event.gate));
    case 'table-published':
      return log.info('table published', { table: event.table, ...event.counts });
    case 'run-failed':
      return log.error(event.message, { code: event.code, stack: event.stack });
    case 'run-finished':
      return event.document.status === 'succeeded'
        ? log.info('run finished', ending(event.document))
        : log.error('run finished', ending(event.document));
    default:
      event satisfies never;
  }
}

/** What an auditor asks for: who, what, to which data, with what outcome. */
function toAudit(log: Log, event: RunEvent, who: string): void {
  if (event.type === 'run-started') log.audit('run started', { who, what: event.mode, environment: event.environment, outcome: 'started' });
  if (event.type === 'run-replays')
    log.audit('records corrected', { who, what: event.replay.runId, ...replayFields(event.replay), outcome: 'taken' });
  if (event.type === 'source-read')
    log.audit('source read', { who, what: event.source, files: event.files, records: event.records, outcome: 'read' });
  if (event.type === 'service-asked')
    log.audit('service asked', { who, what: event.source, service: event.service, records: event.asked, outcome: `${event.answered} answered` });
  if (event.type === 'gate-judged')
    log.audit('gate judged', {
      who,
      what: event.gate.name,
      limit: event.gate.limit,
      actual: event.gate.actual,
      outcome: event.gate.passed ? 'passed' : 'failed',
    });
  if (event.type === 'table-published') log.audit('table published', { who, what: event.table, ...event.counts, outcome: 'published' });
  if (event.type === 'run-finished')
    log.audit('run finished', { who, what: 'run', outcome: event.document.status, code: event.document.error?.code ?? null });
}

function toPerformance(log: Log, event: RunEvent): void {
  if (event.type === 'step-finished') {
    const { name, ...figures } = event.figures;
    log.performance('step', { step: name, ...figures, rowsPerSecond: rate(figures.rowsIn, figures.ms) });
  }
  if (event.type === 'run-finished') {
    const { steps } = event.document;
    log.performance('run', {
      ...ending(event.document),
      cpuMs: sum(steps.map((step) => step.cpuMs)),
      peakBytes: Math.max(0, ...steps.map((step) => step.peakBytes)),
      spilledBytes: Math.max(0, ...steps.map((step) => step.spilledBytes)),
    });
  }
}

/** The run's own id is the log's `runId`. */
const replayFields = ({ runId, ...counts }: Extract<RunEvent, { type: 'run-replays' }>['replay']) => ({ replays: runId, ...counts });

const gateFields = ({ name, limit, actual }: Extract<RunEvent, { type: 'gate-judged' }>['gate']) => ({ gate: name, limit, actual });

/** How a run ended and how many milliseconds it took; null where it never began. */
function ending({ status, startedAt, finishedAt, error }: RunDocument) {
  const ms = startedAt === null || finishedAt === null ? null : Date.parse(finishedAt) - Date.parse(startedAt);
  return { status, ms, code: error?.code ?? null };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

const rate = (rows: number, ms: number): number | null => (ms > 0 ? Math.round((rows * 1000) / ms) : null);
