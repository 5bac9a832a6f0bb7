import { requireSource } from '../../config/index.ts';
import { type Contract, rawColumns, rawNames } from '../../contract/index.ts';
import { DaybookError } from '../../errors/index.ts';
import type { Source } from '../../pipeline/index.ts';
import { type Extract, readCsv, readJson, resolveFiles, type SourceShape } from '../../source/index.ts';
import type { Job } from '../job.ts';
import { sourceOrder } from '../job.ts';
import { pipelineFacts } from '../load-pipeline.ts';
import { replacementsOf } from '../replay/correction.ts';
import { mustBeAsRefused, mustBeDistinct } from './check-replay.ts';

/** Finds the files of every source before any is read, so that a missing one costs nothing; then reads them. @throws DaybookError `source.*`, `config.source-missing`, `replay.*` */
export async function readSources(job: Job): Promise<void> {
  const { definition } = job.request.pipeline;
  const order = sourceOrder(job.request);
  const files = new Map<string, string[]>();
  for (const name of order) files.set(name, await filesOf(job, name));
  for (const name of order) {
    await job.meter.step(`read ${name}`, async () => {
      const extract = await readSource(job, name, definition.sources[name] as Source, files.get(name) as string[]);
      job.extracts.set(name, extract);
      tell(job, name, extract);
      if (job.request.replay) mustBeAsRefused(job.request.replay, name, extract);
      return { rows: { rowsIn: extract.read, rowsOut: extract.read - extract.malformed.length }, value: undefined };
    });
  }
}

async function filesOf({ request: { config, pipeline, project } }: Job, name: string): Promise<string[]> {
  const location = requireSource(config, name, pipelineFacts(pipeline), project);
  if (/^https?:/i.test(location)) throw new DaybookError('run.service-unsupported', { source: name });
  return resolveFiles(name, location);
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
