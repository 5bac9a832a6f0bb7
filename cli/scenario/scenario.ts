import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { DaybookError, suggest } from '../../toolkit/errors/index.ts';

/** One test case: a few rows, and what the pipeline has to make of them. */
export interface Scenario {
  readonly name: string;
  readonly folder: string;
  readonly title: string;
  /** What it shows, in a sentence or two. */
  readonly shows: string;
  readonly asOf: string;
  /** Rules it is about: `crm.email.invalid`. */
  readonly covers: readonly string[];
  readonly set: readonly string[];
  /** The expected exit code. */
  readonly exit: number;
  /** Its own source files and those of `_default`, by source. */
  readonly sources: Readonly<Record<string, string>>;
  /** The sources that are its own. */
  readonly own: readonly string[];
}

const DEFAULT_FOLDER = '_default';
const FILE = 'scenario.yaml';

const schema = z.strictObject({
  title: z.string().min(1),
  shows: z.string().default(''),
  asOf: z.union([z.string(), z.date().transform((date) => date.toISOString().slice(0, 10))]),
  covers: z.array(z.string()).default([]),
  set: z.array(z.string()).default([]),
  exit: z.int().default(0),
});

/**
 * The scenarios of a folder by name, or those named.
 *
 * @throws DaybookError `usage.no-scenarios`, `usage.unknown-scenario`, `usage.bad-scenario`
 */
export function loadScenarios(folder: string, names: readonly string[] = []): Scenario[] {
  const known = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => existsSync(join(folder, name, FILE)))
        .sort()
    : [];
  if (known.length === 0) throw new DaybookError('usage.no-scenarios', { folder });
  for (const name of names)
    if (!known.includes(name)) throw new DaybookError('usage.unknown-scenario', { name, folder, suggestion: suggest(name, known) });
  return (names.length === 0 ? known : [...new Set(names)]).map((name) => loadScenario(folder, name));
}

function loadScenario(parent: string, name: string): Scenario {
  const folder = join(parent, name);
  const file = join(folder, FILE);
  const own = sourcesIn(folder);
  return { name, folder, ...described(name, file), sources: { ...sourcesIn(join(parent, DEFAULT_FOLDER)), ...own }, own: Object.keys(own) };
}

function described(name: string, file: string): z.output<typeof schema> {
  try {
    const checked = schema.safeParse(parse(readFileSync(file, 'utf8')));
    if (checked.success) return checked.data;
    const at = checked.error.issues[0]?.path.join('.') || 'the whole';
    throw new DaybookError('usage.bad-scenario', { name, file, reason: `"${at}" has the wrong form` });
  } catch (fault) {
    if (fault instanceof DaybookError) throw fault;
    throw new DaybookError('usage.bad-scenario', { name, file, reason: 'it is no YAML that can be read' }, { cause: fault });
  }
}

/** Source files by the name before their extension. */
function sourcesIn(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder).filter((file) => /\.(csv|json|ndjson)$/.test(file) && !file.startsWith('expected'));
  return Object.fromEntries(files.sort().map((file) => [basename(file, extname(file)), join(folder, file)]));
}
