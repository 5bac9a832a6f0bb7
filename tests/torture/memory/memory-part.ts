import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkExtension } from '../../../cli/doctor/check-extension.ts';
import { parseBytes } from '../../../toolkit/config/index.ts';
import { openLedger, statePaths } from '../../../toolkit/state/index.ts';
import { bytesOf, type Input, inputOf } from '../../bench/input.ts';
import { type Job, jobsNamed } from '../../bench/jobs.ts';
import { type Counts, differencesBetween } from '../../bench/judge.ts';
import { type Measured, measure } from '../../bench/measure.ts';
import { machineLine } from '../../bench/table.ts';
import { builtCommand } from '../../built-command.ts';
import { ask } from '../../toolkit/warehouse/raw-sqlite.ts';
import { makeRoom, plainEnvironment, type Room, runArguments } from '../faults/room.ts';
import type { Part } from '../part.ts';
import { TOTAL_NAMES, totalsOf } from './totals.ts';

/** One thing that must hold: what it is, what was seen, and whether it holds. */
type Check = readonly [what: string, seen: string, holds: boolean];

interface Little {
  readonly rows: number;
  /** As `limits.memory` takes it. */
  readonly limit: string;
  readonly set: readonly string[];
}

/** A load that has to hold several times what it may take of the memory. */
export const memoryPart: Part = {
  options: { rows: { type: 'string', default: '3000000' }, limit: { type: 'string', default: '1GB' } },
  async run({ values, set, say }) {
    const asked = { rows: Number(values['rows']), limit: String(values['limit']), set };
    const { jobs, missing } = jobsNamed(['polars']);
    const [peer] = jobs;
    if (peer === undefined) return { wrong: 1, text: `Not run: ${missing.join('; ')}` };
    const input = inputOf(asked.rows);
    const folder = await mkdtemp(join(tmpdir(), 'daybook-memory-'));
    try {
      const room = await makeRoom(folder);
      const own = await measure([...builtCommand(), ...runArguments(room, input, [`limits.memory=${asked.limit}`, ...set])], plainEnvironment());
      const checks = await checksOf(own, room, asked);
      for (const [what, seen] of checks) say(`${what}: ${seen}`);
      const right = own.code === 0 ? await judgeAgainst(peer, { input, folder, room, own }) : { wrong: 1, lines: ['Nothing was published.'] };
      const lines = [await whatWasDone(asked, input), '', ...tableOf(checks), '', ...right.lines, '', machineLine()];
      return { wrong: checks.filter(([, , holds]) => !holds).length + right.wrong, text: lines.join('\n') };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** What must hold of the run itself. */
async function checksOf({ code, stderr, peakBytes, cpuMs, wallMs }: Measured, { state }: Room, { limit }: Little): Promise<Check[]> {
  const ended: Check = ['ended with', code === 0 ? '0' : `${code}: ${stderr.trim().split('\n').slice(-3).join(' ')}`, code === 0];
  const paths = statePaths(state);
  const [run] = await openLedger(paths).recent(1);
  if (run === undefined) return [ended];
  const { document } = run;
  const left = await readdir(paths.tmp);
  const [most] = [...document.steps].sort((a, b) => b.spilledBytes - a.spilledBytes);
  const inserted = document.load['customer_enriched']?.inserted ?? 0;
  const rejected = Object.values(document.rows).reduce((sum, rows) => sum + rows.rejected, 0);
  return [
    ended,
    ['the ledger says', `${document.status}, ${count(inserted)} rows inserted, ${count(rejected)} records refused`, document.status === 'succeeded'],
    ['highest memory of the process and its children', `${megabytes(peakBytes)} of ${limit}`, peakBytes <= (parseBytes(limit) ?? 0)],
    ['most on the disk in the place of memory', `${megabytes(most?.spilledBytes ?? 0)}, in "${most?.name}"`, (most?.spilledBytes ?? 0) > 0],
    ['left in the scratch folder', left.length === 0 ? 'nothing' : left.join(', '), left.length === 0],
    ['CPU and wall time', `${seconds(cpuMs)} and ${seconds(wallMs)}`, true],
  ];
}

/** The same job by the peer, and where the published tables differ: in their totals, in any value, in any count of records and rules. */
async function judgeAgainst(
  peer: Job,
  { input, folder, room, own }: { readonly input: Input; readonly folder: string; readonly room: Room; readonly own: Measured },
): Promise<{ readonly wrong: number; readonly lines: string[] }> {
  const done = await measure(peer.command(input, folder), plainEnvironment());
  if (done.code !== 0) return { wrong: 1, lines: [`${peer.title}, ended with ${done.code}: ${done.stderr.slice(-500)}`] };
  const [table, warehouse] = [peer.table(folder), room.warehouse];
  const [theirs, ours] = [await totalsOf(table), await totalsOf(warehouse)];
  const columns = (await ask<{ name: string }>(table, `SELECT name FROM pragma_table_info('customer_enriched')`)).map(({ name }) => name);
  const counts: [Counts, Counts] = [peer.report(done.stdout), JSON.parse(own.stdout) as Counts];
  const differences = await differencesBetween(columns, table, warehouse, counts);
  const lines = [
    `The same files by ${peer.title}, which took ${megabytes(done.peakBytes)}:`,
    '',
    '| total | Daybook | Polars |',
    '| --- | ---: | ---: |',
    ...TOTAL_NAMES.map((name) => `| ${name} | ${shown(ours[name])} | ${shown(theirs[name])} |`),
    '',
    differences.length === 0
      ? `All ${columns.length} columns are equal, row by row, and all counts of records and broken rules.`
      : differences.map((line) => `- ${line}`).join('\n'),
  ];
  return { wrong: TOTAL_NAMES.filter((name) => ours[name] !== theirs[name]).length + differences.length, lines };
}

async function whatWasDone({ rows, limit, set }: Little, input: Input): Promise<string> {
  const key = 'engine.extensions=';
  const folder = set.findLast((it) => it.startsWith(key))?.slice(key.length) ?? null;
  const { status } = await checkExtension(folder, false);
  return `${count(rows)} customers (${megabytes(bytesOf(input))} of sources) with \`limits.memory=${limit}\`, ${status === 'ok' ? 'with' : 'without'} DuckDB's sqlite extension.`;
}

const tableOf = (checks: readonly Check[]): string[] => [
  '| | |',
  '| --- | --- |',
  ...checks.map(([what, seen, holds]) => `| ${what} | ${seen}${holds ? '' : ' **(wrong)**'} |`),
];

const count = (n: number): string => n.toLocaleString('en');
const megabytes = (bytes: number): string => `${count(Math.round(bytes / 1e6))} MB`;
const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;
const shown = (value: string | number | null | undefined): string => (typeof value === 'number' ? count(value) : String(value));
