import type { Context } from '../context.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

const LEAST_NODE = [20, 19] as const;

/** Node, the native modules and what loads pipelines. */
export async function checkMachine({ spawn }: Pick<Context, 'spawn'>, nodeVersion: string = process.versions.node): Promise<Finding[]> {
  const sqlite = await loads('sqlite3', () => import('sqlite3'), 'Run `npm ci` again; where it has to be compiled it needs python3, make and g++.');
  return [
    checkNode(nodeVersion),
    await loads(
      'duckdb',
      async () => (await (await import('@duckdb/node-api')).DuckDBInstance.create(':memory:')).closeSync(),
      'Run `npm ci` again on this machine: the engine is built for one system and processor.',
    ),
    sqlite,
    // Nobody needs a compiler who has the module.
    ...(sqlite.status === 'ok' ? [] : await checkBuildTools(spawn)),
    await loads('tsx', () => import('tsx/esm/api'), 'Run `npm ci` again: pipelines are loaded through tsx.'),
  ];
}

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
  return isEnough ? ok('node', `Node ${version}`) : fail('node', `Node ${version} is too old.`, `Install Node ${LEAST_NODE.join('.')} or newer.`);
}

async function loads(name: string, load: () => Promise<unknown>, remedy: string): Promise<Finding> {
  try {
    await load();
    return ok(name, `${name} loads`);
  } catch {
    return fail(name, `${name} does not load.`, remedy);
  }
}

async function checkBuildTools(spawn: Context['spawn']): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const tool of ['python3', 'make', 'g++']) {
    const { code } = await spawn(tool, ['--version']);
    findings.push(
      code === 0
        ? ok(tool, `${tool} is there`)
        : warn(tool, `${tool} is not there; sqlite3 may have to be compiled.`, 'Install it, for example with `apt-get install python3 make g++`.'),
    );
  }
  return findings;
}
