import { rm } from 'node:fs/promises';
import { DaybookError, EXIT } from '../errors/index.ts';
import { Session } from '../frame/index.ts';
import { acquireLock, asRunError, type Lock, newRunId, openLedger, prune, pruneAnswers, scratchFolder, sweepScratch } from '../state/index.ts';
import { openWarehouse, type Warehouse } from '../warehouse/index.ts';
import { emptyDocument, type Notice, type RunDocument, type RunStatus } from './document.ts';
import { engineShare } from './engine-share.ts';
import { engineThreads } from './engine-threads.ts';
import { type EventSink, fanOut } from './events.ts';
import { filesRead } from './files-read.ts';
import type { Job } from './job.ts';
import { Meter } from './meter.ts';
import { keepCorrections } from './replay/kept-corrections.ts';
import type { RunRequest } from './request.ts';
import { readFilesOf } from './stages/check-replay.ts';
import { checkSources } from './stages/check-sources.ts';
import { judgeGates } from './stages/judge-gates.ts';
import { auditEntry, publish } from './stages/publish.ts';
import { readSources } from './stages/read-sources.ts';
import { runSteps } from './stages/run-steps.ts';
import { writeRejects } from './stages/write-rejects.ts';

/** A plain run publishes; a trial on part of the input never does. */
const publishes = ({ mode, limit }: RunRequest): boolean => mode === 'publish' && limit === undefined;

/**
 * Runs a pipeline: reads, checks, works out, judges and publishes, one run at a time a pipeline.
 *
 * - Never throws: what went wrong is the document's `error`, and `CATALOGUE[error.code].exit` its exit code.
 * - Whatever happens, the published tables are as before or as after, and the ledger holds the run from its first moment.
 */
export async function runPipeline(request: RunRequest): Promise<RunDocument> {
  const startedAt = request.now();
  const runId = newRunId(startedAt);
  let lock: Lock;
  try {
    lock = await acquireLock(request.state, request.pipeline.definition.name, { runId, now: startedAt });
  } catch (fault) {
    return ended(request, { startedAt, runId: null }, null, foreseen(fault));
  }
  try {
    return await runLocked(request, runId, startedAt);
  } finally {
    await lock.release();
  }
}

/** When a run began: by the calendar, and by the clock that never goes back. */
interface Start {
  readonly runId: string;
  readonly startedAt: Date;
  readonly startedMs: number;
}

async function runLocked(asked: RunRequest, runId: string, startedAt: Date): Promise<RunDocument> {
  const startedMs = performance.now();
  const notices: Notice[] = [];
  const note: EventSink = (event) => {
    if (event.type === 'notice') notices.push({ code: event.code, message: event.message });
  };
  const request = { ...asked, emit: fanOut(note, asked.emit) };
  const { state, config, pipeline, environment, mode, limit, replay, emit } = request;
  const ledger = openLedger(state);
  const warehouse = openWarehouse(config.warehouse);
  let job: Job | null = null;
  let fault: DaybookError | null = null;
  try {
    await ledger.markInterrupted();
    await sweepScratch(state, startedAt);
    const beginning = { runId, pipeline: pipeline.definition.name, environment, startedAt, mode, isPartial: limit !== undefined };
    await ledger.begin({ ...beginning, ...(replay && { replay: replay.of }) });
    emit({ type: 'run-started', runId, pipeline: pipeline.definition.name, environment, at: startedAt, mode });
    if (replay) {
      emit({ type: 'run-replays', replay: replay.of });
      await keepCorrections(state, runId, replay.corrections);
    }
    job = await openJob(request, { runId, startedAt, startedMs });
    await runStages(job, warehouse);
  } catch (thrown) {
    fault = foreseen(thrown);
    emit({
      type: 'run-failed',
      code: fault.code,
      message: fault.message,
      place: fault.place,
      stack: fault.exit === EXIT.bug ? stackOf(thrown) : null,
    });
  }
  const document = { ...ended(request, { startedAt, runId }, job, fault), notices: [...notices] };
  const files = Object.fromEntries([...(job?.extracts ?? [])].map(([name, extract]) => [name, readFilesOf(extract)]));
  await ledger.finish(document, files).catch((thrown: unknown) => emit({ type: 'notice', code: 'state.record', message: foreseen(thrown).message }));
  if (fault && job && publishes(request)) await auditFailure(job, warehouse, fault);
  await close(job, warehouse);
  await applyRetention(request);
  const whole = { ...document, notices };
  // Without what was told since then the record still stands; the log has it.
  if (notices.length > document.notices.length) await ledger.finish(whole, files).catch(() => undefined);
  emit({ type: 'run-finished', document: whole });
  return whole;
}

async function openJob(request: RunRequest, { runId, startedAt, startedMs }: Start): Promise<Job> {
  const { config, state, signal, emit } = request;
  const scratch = await scratchFolder(state, runId);
  const memoryLimitBytes = config.limits.memory === null ? null : engineShare(config.limits.memory);
  const threads = config.engine.threads ?? (memoryLimitBytes === null ? null : engineThreads(memoryLimitBytes));
  const session = await Session.open({
    spillFolder: scratch,
    signal,
    ...(memoryLimitBytes !== null && { memoryLimitBytes }),
    ...(threads !== null && { threads }),
    ...(config.engine.extensions !== null && { extensionFolder: config.engine.extensions }),
  });
  const meter = new Meter({ emit, startedMs, spilledBytes: async () => (await session.memory()).spilledBytes });
  const found = { extracts: new Map(), services: new Map(), checked: new Map(), steps: new Map(), gates: [], load: new Map(), rejectsFile: null };
  return { request, runId, startedAt, session, scratch, meter, ...found };
}

/** The order of a run. What needs no data is looked at first, and what costs least before what costs more. */
async function runStages(job: Job, warehouse: Warehouse): Promise<void> {
  const { request } = job;
  const tables = request.pipeline.definition.publications.map(({ table }) => table);
  if (publishes(request)) await warehouse.check(tables, request.signal);
  await readSources(job);
  await checkSources(job);
  await writeRejects(job);
  for (const extract of job.extracts.values()) await extract.discard();
  await judgeGates(job);
  if (request.mode === 'validate') return;
  await runSteps(job);
  for (const checked of job.checked.values()) await checked.release();
  if (publishes(request) || request.mode === 'dry-run') await publish(job, warehouse);
}

/** Removes what has outlived its retention. The run is over: what cannot be removed is told, and tried again by the next. */
async function applyRetention({ state, config, now, emit }: RunRequest): Promise<void> {
  try {
    await prune(state, {
      rejects: { days: config.state.retentionDays, count: null },
      records: { days: null, count: null },
      logs: { days: config.log.retentionDays, count: config.log.maxFiles },
      now: now(),
    });
    await pruneAnswers(state, config.services.retentionDays, now());
  } catch (thrown) {
    emit({ type: 'notice', code: 'state.retention', message: `What is past its retention could not be removed. ${foreseen(thrown).message}` });
  }
}

/** The audit row of a run that published nothing, where the warehouse can take one. */
async function auditFailure(job: Job, warehouse: Warehouse, fault: DaybookError): Promise<void> {
  const tables = job.request.pipeline.definition.publications.map(({ table }) => table.name);
  const status = statusOf(fault);
  await warehouse
    .recordAudit(tables, auditEntry(job, status === 'refused' || status === 'cancelled' ? status : 'failed', fault.code), job.request.now())
    .catch((thrown: unknown) =>
      job.request.emit({ type: 'notice', code: foreseen(thrown).code, message: 'The warehouse could not take an audit row of this run.' }),
    );
}

async function close(job: Job | null, warehouse: Warehouse): Promise<void> {
  job?.session.close();
  await warehouse.close().catch(() => undefined);
  if (job) await rm(job.scratch, { recursive: true, force: true }).catch(() => undefined);
}

function statusOf(fault: DaybookError | null): RunStatus {
  if (!fault) return 'succeeded';
  if (fault.exit === EXIT.cancelled) return 'cancelled';
  return fault.exit === EXIT.data ? 'refused' : 'failed';
}

/** Anything thrown as a failure of the catalogue; what nobody foresaw is a bug. */
function foreseen(fault: unknown): DaybookError {
  if (fault instanceof DaybookError) return fault;
  return new DaybookError('run.bug', { reason: fault instanceof Error ? fault.name : 'an unknown fault' }, { cause: fault });
}

const stackOf = (fault: unknown): string | null => (fault instanceof Error ? (fault.stack?.split('\n').slice(1).join('\n') ?? null) : null);

function ended(
  request: RunRequest,
  { startedAt, runId }: { startedAt: Date; runId: string | null },
  job: Job | null,
  fault: DaybookError | null,
): RunDocument {
  const each = <T, U>(map: ReadonlyMap<string, T> | undefined, value: (item: T) => U): Record<string, U> =>
    Object.fromEntries([...(map ?? [])].map(([name, item]) => [name, value(item)]));
  return {
    ...emptyDocument,
    runId,
    pipeline: request.pipeline.definition.name,
    environment: request.environment,
    status: statusOf(fault),
    startedAt: startedAt.toISOString(),
    finishedAt: request.now().toISOString(),
    rows: each(job?.checked, ({ counts }) => counts.rows),
    sources: job ? filesRead(job) : {},
    rules: each(job?.checked, ({ counts }) => counts.rules),
    steps: job?.meter.figures ?? [],
    gates: job?.gates ?? [],
    load: each(job?.load, (counts) => counts),
    artefacts: { rejects: job?.rejectsFile ?? null, log: request.logFile, report: null },
    error: fault && { ...asRunError(fault), source: sourceOf(fault) },
  };
}

/** The source that a failure names, or null. */
function sourceOf({ params }: DaybookError): string | null {
  const source = (params as { readonly source?: unknown }).source;
  return typeof source === 'string' ? source : null;
}
