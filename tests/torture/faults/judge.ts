import { copyFile, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { isThreeLineError, showsStack } from '../../three-lines.ts';
import { ask } from '../../toolkit/warehouse/raw-sqlite.ts';
import type { Outcome, Room } from './room.ts';

const TABLE = 'customer_enriched';

/** The two contents that a published table may have; null: there is no table. */
export interface Known {
  readonly old: string | null;
  readonly new: string | null;
  /** Runs and times that stand in the old one. */
  readonly past: ReadonlySet<string>;
}

/** What was found in a warehouse. */
interface Content {
  readonly text: string | null;
  readonly integrity: string;
  /** The runs that brought rows which are not in the old content. */
  readonly runs: readonly string[];
  /** The runs whose audit row says succeeded. */
  readonly audited: readonly string[];
}

/** What is wrong after a run, in sentences, and which content the table has. */
export interface Verdict {
  readonly state: 'old' | 'new' | 'other';
  readonly wrong: readonly string[];
}

type Row = Readonly<Record<string, string | number | null>>;

const PER_RUN = ['run_id', 'processed_at', 'created_at', 'updated_at'];

/** Runs and times of a content, to be told from later ones. */
export async function pastOf(room: Room): Promise<Set<string>> {
  const rows = await rowsOf(room.warehouse);
  return new Set(rows.flatMap((row) => PER_RUN.map((name) => String(row[name]))));
}

const rowsOf = (path: string): Promise<Row[]> => ask<Row>(path, `SELECT * FROM ${TABLE} ORDER BY customer_id`);

/**
 * The whole published table as a text, and what else the warehouse says of itself. It is read from a copy, so that what a killed run
 * left is still there for the next one to put right. The run and the time of rows that are not from the past are left out of the text:
 * they differ from run to run.
 */
export async function contentOf(room: Room, past: ReadonlySet<string>): Promise<Content> {
  const folder = await mkdtemp(join(tmpdir(), 'daybook-judge-'));
  try {
    const names = (await readdir(room.root)).filter((name) => name.startsWith('warehouse.sqlite'));
    for (const name of names) await copyFile(join(room.root, name), join(folder, name));
    if (!names.includes('warehouse.sqlite')) return { text: null, integrity: 'ok', runs: [], audited: [] };
    return await read(join(folder, 'warehouse.sqlite'), past).catch((fault: unknown) => ({
      text: 'cannot be read',
      integrity: String(fault),
      runs: [],
      audited: [],
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function read(path: string, past: ReadonlySet<string>): Promise<Content> {
  const integrity = (await ask<{ integrity_check: string }>(path, 'PRAGMA integrity_check')).map((row) => row.integrity_check).join('; ');
  const tables = (await ask<{ name: string }>(path, `SELECT name FROM sqlite_schema WHERE type = 'table'`)).map(({ name }) => name);
  const audited = tables.includes('enrichment_audit')
    ? (await ask<{ run_id: string }>(path, `SELECT run_id FROM enrichment_audit WHERE status = 'succeeded'`)).map((row) => row.run_id)
    : [];
  if (!tables.includes(TABLE)) return { text: null, integrity, runs: [], audited };
  const rows = await rowsOf(path);
  const runs = [...new Set(rows.map((row) => String(row['run_id'])).filter((run) => !past.has(run)))];
  const plain = rows.map((row) => ({
    ...row,
    ...Object.fromEntries(PER_RUN.map((name) => [name, past.has(String(row[name])) ? row[name] : 'new'])),
  }));
  return { text: JSON.stringify(plain), integrity, runs, audited };
}

/** Judges what any run, killed ones too, must leave behind. */
export async function judgeTable(room: Room, known: Known): Promise<Verdict> {
  const { text, integrity, runs, audited } = await contentOf(room, known.past);
  const state = text === known.old ? 'old' : text === known.new ? 'new' : 'other';
  const wrong = [
    ...(integrity === 'ok' ? [] : [`integrity_check says ${integrity}`]),
    ...(state === 'other' ? ['the table is neither old nor new'] : []),
    ...(runs.length > 1 ? ['rows of more than one new run'] : []),
    ...(runs.every((run) => audited.includes(run)) ? [] : ['no audit row of the run that published']),
  ];
  return { state, wrong };
}

/** Judges how a run ended that met a fault, or none: its code, its words, and whether they fit the table. */
export function judgeEnd(
  { code, stdout, stderr, isHung }: Outcome,
  state: Verdict['state'],
  codes: readonly number[],
  before: Verdict['state'] = 'old',
): string[] {
  if (isHung) return ['it hung'];
  const wrong: string[] = [];
  if (showsStack(stderr)) wrong.push('a stack on the screen');
  if (code === null) return wrong;
  if (!codes.includes(code)) wrong.push(`exit code ${code}`);
  if (code !== 0 && !isThreeLineError(stderr)) wrong.push('no three-line error');
  if (code === 0 && state !== 'new') wrong.push('it said that it published, and did not');
  if (code !== 0 && state !== before && /nothing was published/i.test(stderr)) wrong.push('it said that nothing was published, and published');
  try {
    const { status } = JSON.parse(stdout) as { status: string };
    if ((code === 0) !== (status === 'succeeded')) wrong.push(`exit code ${code} and a document that says ${status}`);
  } catch {
    wrong.push('no document on stdout');
  }
  return wrong;
}

const EXPECTED = [
  /^warehouse\.sqlite$/,
  /^state\/logs\/(?:daybook|audit|performance)(?:\.[\dTZ-]+)?\.log$/,
  /^state\/locks\/customer-36\d\.lock$/,
  /^state\/runs\/[^/]+\/(?:run\.json|rejects\.parquet)$/,
];

/** What stands for a room after a run that ended by itself: which files are there and how long those of the warehouse are. */
export async function traceOf(room: Room, state: Verdict['state']): Promise<string> {
  const { files } = await entriesOf(room);
  const sizes = await Promise.all(
    files.map(async (file) => (file.startsWith('warehouse') ? `${file} ${(await stat(join(room.root, file))).size}` : plainName(file))),
  );
  return [state, ...sizes.sort()].join('\n');
}

const plainName = (file: string): string => file.replaceAll(/\d{8}T\d{6}Z-[0-9a-f]{6}/g, 'RUN').replaceAll(/\.\d[\dTZ-]*/g, '.#');

/** All files and folders of a room, by their paths in it. */
async function entriesOf(room: Room): Promise<{ files: string[]; folders: string[] }> {
  const entries = await readdir(room.root, { recursive: true, withFileTypes: true });
  const paths = (chosen: typeof entries) => chosen.map((entry) => relative(room.root, join(entry.parentPath, entry.name)));
  return { files: paths(entries.filter((entry) => entry.isFile())), folders: paths(entries.filter((entry) => entry.isDirectory())) };
}

/** Judges what a plain run must leave after whatever happened before it: no file too many, and a record of every run that has ended. */
export async function judgeRest(room: Room): Promise<string[]> {
  const { files, folders } = await entriesOf(room);
  const stray = files.filter((file) => !EXPECTED.some((form) => form.test(file)));
  const wrong = stray.map((file) => `left behind: ${plainName(file)}`);
  for (const folder of folders) {
    if (/^state\/tmp\/./.test(folder)) wrong.push('left behind: a folder in state/tmp');
    if (/^state\/runs\/./.test(folder)) wrong.push(...(await judgeRecord(join(room.root, folder))));
  }
  return wrong;
}

async function judgeRecord(folder: string): Promise<string[]> {
  try {
    const { status } = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as { status: string };
    return status === 'running' ? ['a run that has ended is written as running'] : [];
  } catch {
    return ['a run without a whole record'];
  }
}

/** Judges what the ledger keeps of a run once the next one has ended: it must say what the run said. */
export async function judgeKept(room: Room, { code, stdout, stderr }: Outcome): Promise<string[]> {
  const runId = runIdOf(stdout);
  if (runId === null) return [];
  const status = await readFile(join(room.state, 'runs', runId, 'run.json'), 'utf8').then(
    (text) => (JSON.parse(text) as { status: string }).status,
    () => 'none',
  );
  const isTold = /record/.test(stderr);
  if (code === 0 && status !== 'succeeded' && !isTold) return [`it succeeded, and its record says ${status}`];
  if (code !== 0 && !isTold && !['failed', 'cancelled', 'none'].includes(status)) return [`it failed, and its record says ${status}`];
  return [];
}

function runIdOf(stdout: string): string | null {
  try {
    return (JSON.parse(stdout) as { runId: string | null }).runId;
  } catch {
    return null;
  }
}
