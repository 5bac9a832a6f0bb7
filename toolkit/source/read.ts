import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DaybookError } from '../errors/index.ts';
import { defaultSession, Frame, type Session } from '../frame/index.ts';
import { headerOf, isJsonFile, membersOf } from './column-names.ts';
import { readCsv } from './read-csv.ts';
import { readJson } from './read-json.ts';
import { resolveFiles } from './resolve-files.ts';
import type { Extract, SourceShape } from './shape.ts';

/** A frame of raw texts that remembers the file it was read from: `check` counts its malformed records too. */
export class SourceFrame<out R extends object> extends Frame<R> {
  constructor(
    frame: Frame<R>,
    readonly extract: Extract,
  ) {
    super(frame.plan);
  }
}

/**
 * A frame whose columns became known when it was read, with them in its type. The kernel gives it to the cells behind `const raw = await read(…)`,
 * so that there, too, a misspelt column does not compile.
 */
export type WithColumns<F, N extends string> = (F extends SourceFrame<infer R>
  ? SourceFrame<Pick<R, N & keyof R>>
  : F extends Frame<infer R>
    ? Frame<Pick<R, N & keyof R>>
    : F) & { readonly columns: readonly N[] };

/** How `read` reads. */
export interface ReadFileOptions<N extends string> {
  /** The columns wanted, which then are typed. Default for CSV: those of the header that have a name. JSON needs them. */
  readonly columns?: readonly N[];
  readonly session?: Session;
  /** Ends the reading with `run.cancelled`. */
  readonly signal?: AbortSignal;
  /** Called as the bytes of the files are read; what the engine does with them comes after. */
  readonly onProgress?: (bytesDone: number, bytesTotal: number) => void;
}

const RECORD_LIMIT_BYTES = 32 * 1024 * 1024;

/**
 * Reads a file, or the files of a pattern, as a frame of texts: CSV, or JSON by its ending (`.json`, `.ndjson`, `.jsonl`).
 *
 * - Shape: one row a well-formed record; every column a text or null. `extract.malformed` holds the others.
 * @throws DaybookError `source.*`
 * @example const raw = await read('data/samples/crm.csv'); const { accepted } = await check(crm, raw);
 */
export async function read<const N extends string = string>(
  path: string,
  options: ReadFileOptions<N> = {},
): Promise<SourceFrame<Record<N, string | null>>> {
  const name = basename(path);
  const paths = await resolveFiles(name, path);
  const isJson = isJsonFile(path);
  const columns = options.columns ?? (isJson ? [] : (await headerOf(paths[0] as string)).filter((column) => column !== ''));
  const { signal = new AbortController().signal, onProgress } = options;
  if (isJson && columns.length === 0)
    throw new DaybookError('source.columns-needed', { source: name, path, found: await membersOf(paths[0] as string, signal) });
  const shape: SourceShape = { name, columns, key: columns[0] ?? '', keyReadsAs: 'text' };
  const scratchFolder = await mkdtemp(join(tmpdir(), 'daybook-read-'));
  try {
    const session = options.session ?? (await defaultSession());
    const how = { scratchFolder, recordLimitBytes: RECORD_LIMIT_BYTES, signal, ...(onProgress && { onProgress }) };
    const extract = await (isJson ? readJson : readCsv)(session, shape, paths, how);
    return new SourceFrame(extract.texts as unknown as Frame<Record<N, string | null>>, extract);
  } finally {
    await rm(scratchFolder, { recursive: true, force: true });
  }
}
