import { findProject, type Project } from '../../toolkit/config/index.ts';
import { DaybookError } from '../../toolkit/errors/daybook-error.ts';
import { discoverPipelines } from '../../toolkit/run/discover-pipelines.ts';
import type { Context } from '../context.ts';
import { type Choice, lightConfig } from '../project/light-config.ts';
import { checkState } from './check-folder.ts';
import { checkMachine } from './check-machine.ts';
import { type Finding, fail, failedBy, ok } from './finding.ts';

/** What the examination may do, and what it looks at. */
export interface Examination extends Choice {
  readonly fix: boolean;
}

/** Looks at the machine, then at the project, its pipelines and where they write. Needs nothing that it examines to be well. */
export async function examine(asked: Examination, context: Context): Promise<Finding[]> {
  const machine = await checkMachine(context);
  const project = foreseen('project', () => findProject(context.cwd));
  if ('check' in project) return [...machine, project];
  const names = discoverPipelines(project);
  const found =
    names.length === 0
      ? fail('pipelines', `There is no pipeline in "${project.pipelinesFolder}".`, 'Make a folder with a pipeline.ts there.')
      : ok('pipelines', `${names.length === 1 ? 'the pipeline' : 'the pipelines'} ${names.join(', ')}`);
  const findings = [...machine, ok('project', `project in "${project.root}"`), found];
  // What does not load cannot be asked.
  const canLoad = machine.every(({ check, status }) => status !== 'fail' || !['duckdb', 'sqlite3', 'tsx'].includes(check));
  for (const name of names) {
    findings.push(...(await examineState(project, name, asked, context)));
    if (canLoad) findings.push(...(await examinePipeline(project, name, asked, context)));
  }
  return findings;
}

async function examineState(project: Project, name: string, asked: Examination, context: Context): Promise<Finding[]> {
  const light = foreseen(`${name} configuration`, () => lightConfig(project, name, asked, context));
  // The whole configuration is checked below and says it better.
  if ('check' in light) return [];
  const { dir } = light.state;
  if (asked.fix) {
    try {
      await (await import('../../toolkit/state/index.ts')).openState(dir);
    } catch (fault) {
      if (fault instanceof DaybookError) return [failedBy('state.dir', fault)];
      throw fault;
    }
  }
  return [await checkState(dir)];
}

async function examinePipeline(project: Project, name: string, asked: Examination, context: Context): Promise<Finding[]> {
  const [{ checkConfigs }, { openPipeline }, { checkPipeline }, { checkExtension }] = await Promise.all([
    import('../project/check-configs.ts'),
    import('../project/open-pipeline.ts'),
    import('./check-pipeline.ts'),
    import('./check-extension.ts'),
  ]);
  const configs = await checkConfigs(project, name, asked, context);
  const findings = configs.map(({ environment, fault }) =>
    fault ? failedBy(`${name} in ${environment}`, fault) : ok(`${name} in ${environment}`, 'the configuration is right'),
  );
  try {
    const opened = await openPipeline(name, asked, context);
    return [...findings, ...(await checkPipeline(opened, context.signal)), await checkExtension(opened.config.engine.extensions, asked.fix)];
  } catch (fault) {
    if (fault instanceof DaybookError) return findings.some(({ status }) => status === 'fail') ? findings : [...findings, failedBy(name, fault)];
    throw fault;
  }
}

function foreseen<T extends object>(check: string, work: () => T): T | Finding {
  try {
    return work();
  } catch (fault) {
    if (fault instanceof DaybookError) return failedBy(check, fault);
    throw fault;
  }
}
