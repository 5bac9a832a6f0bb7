import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProject, loadConfig } from '../toolkit/config/index.ts';
import { generate } from '../toolkit/pipelines/customer-360/generate.ts';
import { loadPipeline, pipelineFacts, type Replay, type RunDocument, type RunEvent, type RunMode, runPipeline } from '../toolkit/run/index.ts';
import { openState } from '../toolkit/state/index.ts';
import { publishedRows } from '../toolkit/warehouse/index.ts';
import type { ReferenceFile, SourceName } from './reference/index.ts';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const SOURCES: readonly SourceName[] = ['crm', 'orders', 'support', 'postcodes', 'companies'];
export type Files = Readonly<Record<SourceName, ReferenceFile>>;

/** Generated files of every source, as bytes in memory. */
export function generated(rows: number, seed: number, orders: 'ndjson' | 'array' = 'ndjson'): Files {
  const texts = new Map<string, string[]>();
  for (const { file, text } of generate({ rows, seed, orders })) texts.set(file, [...(texts.get(file) ?? []), text]);
  const found = [...texts].map(([name, parts]): [string, ReferenceFile] => [
    name.split('.')[0] as string,
    { name, bytes: Buffer.from(parts.join('')) },
  ]);
  return Object.fromEntries(found) as unknown as Files;
}

export interface Run {
  readonly document: RunDocument;
  readonly events: readonly RunEvent[];
}
export interface RunOptions {
  readonly asOf?: string;
  readonly mode?: RunMode;
  readonly limit?: number;
  readonly replay?: Replay;
  readonly set?: readonly string[];
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
}

/** A folder with sources, state and warehouse of its own, in which customer-360 runs. */
export class RunFolder {
  private constructor(readonly dir: string) {}

  static async make(files: Files): Promise<RunFolder> {
    const folder = new RunFolder(await mkdtemp(join(tmpdir(), 'daybook-run-')));
    await mkdir(join(folder.dir, 'in'));
    for (const source of SOURCES) await folder.put(files[source]);
    return folder;
  }

  /** Another folder with the same files, state and warehouse. */
  async copy(): Promise<RunFolder> {
    const folder = new RunFolder(await mkdtemp(join(tmpdir(), 'daybook-run-')));
    await cp(this.dir, folder.dir, { recursive: true, preserveTimestamps: true });
    for (const [source, name] of this.names) folder.names.set(source, name);
    return folder;
  }

  readonly names = new Map<string, string>();
  get warehouse(): string {
    return join(this.dir, 'warehouse.sqlite');
  }
  get state(): string {
    return join(this.dir, 'state');
  }

  /** Puts a source's file in the place of the one before. */
  async put(file: ReferenceFile): Promise<void> {
    this.names.set(file.name.split('.')[0] as string, file.name);
    await writeFile(join(this.dir, 'in', file.name), file.bytes);
  }

  async run(options: RunOptions = {}): Promise<Run> {
    const project = findProject(ROOT);
    const pipeline = await loadPipeline(project, 'customer-360');
    const sources = SOURCES.map((source) => `sources.${source}=${join(this.dir, 'in', this.names.get(source) ?? 'none')}`);
    const set = [...sources, `warehouse.path=${this.warehouse}`, `state.dir=${this.state}`, ...(options.set ?? ['quality.gates=off'])];
    const { config, environment } = loadConfig({ project, pipeline: pipelineFacts(pipeline), environment: undefined, env: {}, set, cwd: this.dir });
    const events: RunEvent[] = [];
    const document = await runPipeline({
      project,
      pipeline,
      config,
      environment,
      asOf: options.asOf ?? '2026-01-01',
      mode: options.mode ?? 'publish',
      ...(options.limit !== undefined && { limit: options.limit }),
      ...(options.replay && { replay: options.replay }),
      state: await openState(config.state.dir),
      emit: (event) => events.push(event),
      signal: options.signal ?? new AbortController().signal,
      codeVersion: 'test',
      now: options.now ?? (() => new Date()),
      logFile: null,
    });
    return { document, events };
  }

  rows(): Promise<Record<string, string | number | null>[]> {
    return publishedRows(this.warehouse, 'customer_enriched');
  }

  remove(): Promise<void> {
    return rm(this.dir, { recursive: true, force: true });
  }
}
