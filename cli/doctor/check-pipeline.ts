import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { requireSource } from '../../toolkit/config/index.ts';
import { DaybookError } from '../../toolkit/errors/index.ts';
import { pipelineFacts } from '../../toolkit/run/index.ts';
import { isWebAddress, PROTOCOLS, probeService, resolveFiles, serviceAddress } from '../../toolkit/source/index.ts';
import { openWarehouse } from '../../toolkit/warehouse/index.ts';
import type { OpenedPipeline } from '../project/open-pipeline.ts';
import { counted } from '../render/numbers.ts';
import { checkFolder } from './check-folder.ts';
import { type Finding, failedBy, ok, warn } from './finding.ts';

/** The sources of a pipeline and its warehouse, as a run would find them. Changes nothing. */
export async function checkPipeline(opened: OpenedPipeline, signal: AbortSignal): Promise<Finding[]> {
  const sources = Object.keys(opened.pipeline.definition.sources);
  return [...(await Promise.all(sources.map((name) => checkSource(name, opened, signal)))), ...(await checkWarehouse(opened))];
}

async function checkSource(name: string, opened: OpenedPipeline, signal: AbortSignal): Promise<Finding> {
  const { config, pipeline, project } = opened;
  const check = `sources.${name}`;
  return guarded(check, async () => {
    const location = requireSource(config, name, pipelineFacts(pipeline), project);
    if (isWebAddress(location)) return checkService(name, location, opened, signal);
    const files = await resolveFiles(name, location);
    return ok(check, files.length === 1 ? `"${files[0] ?? ''}" is there` : `${counted(files.length, 'file')} match "${location}"`);
  });
}

/** A service that does not answer is a warning: a run goes on without it. */
async function checkService(name: string, location: string, { config, pipeline }: OpenedPipeline, signal: AbortSignal): Promise<Finding> {
  const check = `sources.${name}`;
  const service = pipeline.definition.sources[name]?.service;
  if (!service) throw new DaybookError('service.unsupported', { source: name });
  const address = serviceAddress(name, location);
  try {
    await probeService(name, { address, protocol: PROTOCOLS[service.protocol] }, { timeoutMs: config.services.timeoutMs, signal });
    return ok(check, `${address.shown} answers`);
  } catch (fault) {
    if (fault instanceof DaybookError && fault.code === 'service.unreachable') return warn(check, fault.message, fault.fix);
    throw fault;
  }
}

async function checkWarehouse({ config: { warehouse }, pipeline }: OpenedPipeline): Promise<Finding[]> {
  const folder = dirname(warehouse.path);
  const isThere = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const tables = pipeline.definition.publications.map(({ table }) => table);
  const opens = await guarded('warehouse', async () => {
    const it = openWarehouse(warehouse);
    await it.check(tables);
    await it.close();
    const exists = await stat(warehouse.path).then(
      () => true,
      () => false,
    );
    return ok('warehouse', exists ? `"${warehouse.path}" opens and fits` : `"${warehouse.path}" will be made by the first run`);
  });
  return [...(isThere ? [await checkFolder('warehouse folder', folder)] : []), opens];
}

async function guarded(check: string, work: () => Promise<Finding>): Promise<Finding> {
  try {
    return await work();
  } catch (fault) {
    if (fault instanceof DaybookError) return failedBy(check, fault);
    throw fault;
  }
}
