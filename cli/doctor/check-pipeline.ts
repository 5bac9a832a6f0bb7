import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { requireSource } from '../../toolkit/config/index.ts';
import { DaybookError } from '../../toolkit/errors/index.ts';
import { pipelineFacts } from '../../toolkit/run/index.ts';
import { resolveFiles } from '../../toolkit/source/index.ts';
import { openWarehouse } from '../../toolkit/warehouse/index.ts';
import type { OpenedPipeline } from '../project/open-pipeline.ts';
import { counted } from '../render/numbers.ts';
import { checkFolder } from './check-folder.ts';
import { type Finding, failedBy, ok, warn } from './finding.ts';

/** The sources of a pipeline and its warehouse, as a run would find them. Changes nothing. */
export async function checkPipeline(opened: OpenedPipeline): Promise<Finding[]> {
  const sources = Object.keys(opened.pipeline.definition.sources);
  return [...(await Promise.all(sources.map((name) => checkSource(name, opened)))), ...(await checkWarehouse(opened))];
}

async function checkSource(name: string, { config, pipeline, project }: OpenedPipeline): Promise<Finding> {
  const check = `sources.${name}`;
  return guarded(check, async () => {
    const location = requireSource(config, name, pipelineFacts(pipeline), project);
    if (/^https?:/i.test(location))
      return warn(check, `"${name}" is a service; it was not asked.`, 'Nothing to do: a run tells where it cannot be reached.');
    const files = await resolveFiles(name, location);
    return ok(check, files.length === 1 ? `"${files[0] ?? ''}" is there` : `${counted(files.length, 'file')} match "${location}"`);
  });
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
