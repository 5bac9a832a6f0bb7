import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { z } from 'zod';
import { findProject, type LoadedConfig, type LoadOptions, loadConfig, type PipelineFacts } from '../../../toolkit/config/index.ts';
import { DaybookError } from '../../../toolkit/errors/index.ts';

/** A project of its own on disk with the files given, removed after the test. */
export function projectFolder(t: ExecutionContext, files: Readonly<Record<string, string>> = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'daybook-config-')));
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  const all = { 'package.json': '{"name":"shop","version":"1.2.3","daybook":{"pipelines":"pipelines"}}', ...files };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

const settings = z.object({
  segments: z.object({ vip: z.number().default(1000), regular: z.number().default(100) }).prefault({}),
  regions: z.array(z.string()).default(['London']),
  points: z.record(z.string(), z.int()).default({}),
  isStrict: z.boolean().default(false),
});

/** A pipeline with two sources, fixed rules and settings of every kind. */
export const shop: PipelineFacts<z.output<typeof settings>> = {
  name: 'shop',
  folder: 'pipelines/shop',
  sources: {
    crm: [
      { code: 'record.malformed', severity: 'reject', fixed: true },
      { code: 'email.invalid', severity: 'warn', fixed: false },
      { code: 'first_name.missing', severity: 'warn', fixed: false },
    ],
    orders: [{ code: 'amount.invalid', severity: 'reject', fixed: true }],
  },
  settings,
};

/** Loads the configuration of a project on disk with nothing from the real environment. */
export function load(root: string, options: Partial<LoadOptions<z.output<typeof settings>>> = {}): LoadedConfig<z.output<typeof settings>> {
  return loadConfig({ project: findProject(root), pipeline: shop, environment: undefined, env: {}, set: [], cwd: root, ...options });
}

/** What a refused configuration says: its code, exit code and place. */
export function refusal(t: ExecutionContext, work: () => unknown): DaybookError {
  const fault = t.throws(work);
  if (fault instanceof DaybookError) return fault;
  throw fault ?? new Error('nothing was thrown');
}
