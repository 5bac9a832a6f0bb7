import { stat } from 'node:fs/promises';
import { requireSource } from '../../config/index.ts';
import { type Contract, rawColumns, rawNames } from '../../contract/index.ts';
import { DaybookError } from '../../errors/index.ts';
import type { Source } from '../../pipeline/index.ts';
import {
  type Extract,
  isWebAddress,
  readCsv,
  readJson,
  resolveFiles,
  type ServiceAddress,
  type SourceShape,
  serviceAddress,
} from '../../source/index.ts';
import { openLedger, requireRoom } from '../../state/index.ts';
import type { Job } from '../job.ts';
import { sourceOrder } from '../job.ts';
import { pipelineFacts } from '../load-pipeline.ts';
import { replacementsOf } from '../replay/correction.ts';
import { scratchNeed } from '../scratch-need.ts';
import { mustBeAsRefused, mustBeDistinct } from './check-replay.ts';
import { planSteps } from './plan-steps.ts';

/**
 * Finds the files of every source before any is read, so that a missing one costs nothing; then reads them. What a service
 * answers is read later: what it is asked follows from the other sources.
 * @throws DaybookError `source.*`, `service.*`, `config.source-missing`, `replay.*`
 */
export async function readSources(job: Job): Promise<void> {
  const { config, pipeline, project } = job.request;
  const { definition } = pipeline;
  const files = new Map<string, string[]>();
  for (const name of sourceOrder(job.request)) {
    const location = requireSource(config, name, pipelineFacts(pipeline), project);
    if (isWebAddress(location)) job.services.set(name, addressOf(name, definition.sources[name] as Source, location));
    else files.set(name, await resolveFiles(name, location));
  }
  const sizes = await sizesOf(files);
  await mustHaveRoom(job, sizes);
  job.request.emit({ type: 'run-planned', steps: planSteps(job.request, sizes) });
  for (const [name, paths] of files) {
    await job.meter.step({ name: `read ${name}`, rows: null }, async () => {
      const extract = await readSource(job, name, definition.sources[name] as Source, paths);
      job.extracts.set(name, extract);
      tell(job, name, extract);
      if (job.request.replay) mustBeAsRefused(job.request.replay, name, extract);
      return { rows: { rowsIn: extract.read, rowsOut: extract.read - extract.malformed.length }, value: undefined };
    });
  }
}

/** A first load stages everything; later ones only what differs. @throws DaybookError `state.no-room` */
async function mustHaveRoom({ request, scratch }: Job, sizes: ReadonlyMap<string, number>): Promise<void> {
  const { state, pipeline, environment, mode, limit } = request;
  if (limit !== undefined) return;
  const isFirst = mode === 'publish' && (await openLedger(state).lastSucceeded(pipeline.definition.name, environment)) === null;
  const sourceBytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  await requireRoom(scratch, scratchNeed(sourceBytes, isFirst));
}

/** Bytes of each source's files; one that is gone by now is told of when it is read. */
async function sizesOf(files: ReadonlyMap<string, readonly string[]>): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const [name, paths] of files) {
    const found = await Promise.all(paths.map((path) => stat(path).catch(() => null)));
    sizes.set(
      name,
      found.reduce((sum, file) => sum + (file?.size ?? 0), 0),
    );
  }
  return sizes;
}

function addressOf(name: string, { service }: Source, location: string): ServiceAddress {
  if (service === null) throw new DaybookError('service.unsupported', { source: name });
  return serviceAddress(name, location);
}

async function readSource(job: Job, name: string, source: Source, paths: readonly string[]): Promise<Extract> {
  const { request, session, scratch } = job;
  const read = source.kind === 'json' ? readJson : readCsv;
  const replacements = replacementsOf(request.replay?.corrections ?? [], name);
  if (replacements) mustBeDistinct(name, paths, replacements);
  return read(session, shapeOf(name, source.contract), paths, {
    scratchFolder: scratch,
    recordLimitBytes: request.config.limits.record,
    signal: request.signal,
    ...(request.limit !== undefined && source.kind !== 'lookup' && { limit: request.limit }),
    ...(replacements && { replacements }),
    onProgress: (done, total) => request.emit({ type: 'step-progress', step: `read ${name}`, done, total, unit: 'bytes' }),
  });
}

/** What the reader must know of a contract. */
export function shapeOf(name: string, contract: Contract): SourceShape {
  const [key = contract.key] = rawNames(contract.fields, contract.key);
  return { name, columns: rawColumns(contract), key, keyReadsAs: contract.fields[contract.key]?.reads ?? 'text' };
}

function tell({ request: { emit } }: Job, source: string, extract: Extract): void {
  emit({ type: 'source-read', source, files: extract.files.map((file) => file.name), records: extract.read, malformed: extract.malformed.length });
  for (const file of extract.files) {
    if (file.extraColumns.length > 0) emit({ type: 'schema-drift', source, file: file.name, columns: file.extraColumns });
  }
}
