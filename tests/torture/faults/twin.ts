import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../run-in-folder.ts';

/** The second pipeline: customer-360 under another name. */
export const TWIN = 'customer-361';

/** Makes a project with it in a folder. Gives the project's folder. */
export async function makeTwin(folder: string): Promise<string> {
  const project = join(folder, 'twin');
  const pipeline = join(project, 'pipelines', TWIN);
  await cp(join(ROOT, 'toolkit/pipelines/customer-360'), pipeline, { recursive: true });
  const file = join(pipeline, 'pipeline.ts');
  await writeFile(file, (await readFile(file, 'utf8')).replace("pipeline('customer-360'", `pipeline('${TWIN}'`));
  await writeFile(join(project, 'package.json'), JSON.stringify({ type: 'module', daybook: { pipelines: 'pipelines' } }));
  await mkdir(join(project, 'node_modules'));
  await symlink(ROOT, join(project, 'node_modules/daybook'));
  await symlink(join(ROOT, 'node_modules/zod'), join(project, 'node_modules/zod'));
  return project;
}
