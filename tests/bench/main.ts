import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bytesOf, type Input, inputOf, nextNightOf } from './input.ts';
import { AS_OF, freshFolder, type Job, type JobReport, jobsNamed } from './jobs.ts';
import { differencesBetween, differencesFrom, expectedOf } from './judge.ts';
import { type Measured, measure } from './measure.ts';
import { machineLine, type Result, type Run, resultTable } from './table.ts';

const JUDGED_ROWS = 20_000;
const WORK = join(tmpdir(), 'daybook-bench', `work-${process.pid}`);

interface Done extends Measured {
  readonly report: JobReport;
  readonly table: string;
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** The product refuses variables that it does not know and that begin with its name: the bench's own are not for it. */
function environmentOf(job: Job): NodeJS.ProcessEnv {
  if (job.name !== 'daybook') return process.env;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('DAYBOOK_')));
}

/** Runs a job once; null, with its last words on stderr, where it fails. */
async function runOnce(job: Job, input: Input, folder: string): Promise<Done | null> {
  const measured = await measure(job.command(input, folder), environmentOf(job));
  if (measured.code === 0) return { ...measured, report: job.report(measured.stdout), table: job.table(folder) };
  say(`${job.title} ended with ${measured.code}:\n${measured.stderr.slice(-2000)}`);
  return null;
}

/** The jobs whose table and counts equal the reference on a small input, and the columns it has. */
async function judged(jobs: readonly Job[]): Promise<{ right: Job[]; columns: string[] }> {
  const input = inputOf(JUDGED_ROWS);
  const expected = expectedOf(input, AS_OF);
  const right: Job[] = [];
  for (const job of jobs) {
    const done = await runOnce(job, input, freshFolder(join(WORK, `${job.name}-judged`)));
    const differences = done === null ? ['it failed'] : await differencesFrom(expected, done.table, done.report);
    say(
      `${job.title} on ${JUDGED_ROWS} customers: ${differences.length === 0 ? 'equal to the reference' : `NOT RIGHT\n  ${differences.join('\n  ')}`}`,
    );
    if (differences.length === 0) right.push(job);
  }
  return { right, columns: Object.keys(expected.customers[0] ?? {}) };
}

/** The first night of each job that is to be measured on the second; a job that keeps nothing begins with nothing. */
async function firstNights(jobs: readonly Job[], input: Input): Promise<Map<string, string>> {
  const folders = new Map<string, string>();
  for (const job of jobs.filter(({ name }) => name === 'daybook')) {
    const folder = freshFolder(join(WORK, `${job.name}-first`));
    if ((await runOnce(job, input, folder)) !== null) folders.set(job.name, folder);
  }
  return folders;
}

/** Rounds of all jobs in turn. A job that fails, or whose table is not that of the first one, loses its figures. */
async function rounds(
  jobs: readonly Job[],
  input: Input,
  columns: readonly string[],
  count: number,
  earlier: ReadonlyMap<string, string>,
): Promise<Result[]> {
  const runs = new Map<string, Run[]>(jobs.map(({ name }) => [name, []]));
  const wrong = new Set<string>();
  let standard: Done | null = null;
  for (let round = 1; round <= count; round += 1) {
    for (const job of jobs.filter(({ name }) => !wrong.has(name))) {
      const done = await runOnce(job, input, freshFolder(join(WORK, job.name), earlier.get(job.name)));
      if (done === null) {
        wrong.add(job.name);
        continue;
      }
      say(`round ${round}, ${job.title}: CPU ${Math.round(done.cpuMs)} ms, wall ${Math.round(done.wallMs)} ms`);
      runs.get(job.name)?.push(runOf(done));
      standard ??= done;
      if (round > 1 || standard === done) continue;
      const differences = await differencesBetween(columns, standard.table, done.table, [standard.report, done.report]);
      if (differences.length === 0) continue;
      say(`${job.title} differs from ${jobs[0]?.title}:\n  ${differences.join('\n  ')}`);
      wrong.add(job.name);
    }
  }
  return jobs.map(({ name, title }) => ({ name, title, runs: wrong.has(name) ? [] : (runs.get(name) ?? []) }));
}

function runOf({ cpuMs, wallMs, peakBytes, report }: Done): Run {
  return { cpuMs, wallMs, peakBytes, engineCpuMs: cpuMs - report.load.cpuMs, engineWallMs: wallMs - report.load.wallMs };
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: '100000' },
      jobs: { type: 'string', default: 'daybook,pandas,polars,duckdb' },
      rounds: { type: 'string', default: '3' },
      'second-night': { type: 'boolean', default: false },
    },
  });
  const [rows, count] = [Number(values.rows), Number(values.rounds)];
  if (![rows, count].every((number) => Number.isSafeInteger(number) && number > 0))
    throw new RangeError('"--rows" and "--rounds" are whole numbers above 0.');
  mkdirSync(WORK, { recursive: true });
  const { jobs, missing } = jobsNamed(values.jobs.split(','));
  for (const reason of missing) say(`Left out: ${reason}`);
  const { right, columns } = await judged(jobs);
  const first = inputOf(rows);
  const second = values['second-night'];
  const earlier = second ? await firstNights(right, first) : new Map<string, string>();
  const input = second ? await nextNightOf(rows, first) : first;
  const results = await rounds(right, input, columns, count, earlier);
  const notRight = jobs.filter((job) => !right.includes(job)).map(({ name, title }) => ({ name, title, runs: [] }));
  const heading = `${rows.toLocaleString('en')} customers (${Math.round(bytesOf(input) / 1e6)} MB)${second ? ', the second night: 1 % of them changed' : ''}`;
  process.stdout.write(`### ${heading}\n\n${resultTable([...results, ...notRight])}\n\nMedian of ${count} rounds (least–most). ${machineLine()}\n`);
  return missing.length + notRight.length === 0 && results.every((result) => result.runs.length > 0) ? 0 : 1;
}

try {
  process.exitCode = await main();
} finally {
  rmSync(WORK, { recursive: true, force: true });
}
