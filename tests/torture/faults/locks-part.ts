import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { chance } from '../../chance.ts';
import type { Asked, Found, Part } from '../part.ts';
import { HOLDS, type Hold, holdWarehouse } from './hold-warehouse.ts';
import { inParallel } from './in-parallel.ts';
import { judgeNext } from './inject.ts';
import { judgeEnd, judgeRest, judgeTable } from './judge.ts';
import { makeNights, type Night, type Nights } from './nights.ts';
import { makeRoom, type Outcome, type Room, runArguments, runsIn, start } from './room.ts';
import { type Calibration, calibrate, removeWatched, type Watched, watch } from './stages.ts';
import { makeTwin, TWIN } from './twin.ts';

const ROWS = 2_000;
const STARTS = 40;
const KINDS = ['one pipeline', 'two pipelines', 'one pipeline', 'two pipelines, one warehouse'] as const;

/** Two runs, or a run and another program, that want the same. */
interface Clash {
  readonly night: Night;
  readonly calibration: Calibration;
  readonly what: (typeof KINDS)[number] | `${Hold}, ${'shorter' | 'longer'} than the time-out`;
  /** How long after the first the second run is started: a part of the time for which the first holds its lock. */
  readonly after: number;
}

interface Clashed {
  readonly what: string;
  readonly codes: string;
  readonly wrong: readonly string[];
}

/** Two runs at once, and a warehouse that another program has locked. */
export const locksPart: Part = {
  options: { starts: { type: 'string', default: String(STARTS) }, rows: { type: 'string', default: String(ROWS) } },
  async run(asked) {
    const nights = await makeNights({ rows: Number(asked.values['rows']), set: asked.set });
    try {
      if (nights.shim === null) return { wrong: 1, text: `Not run: ${nights.reason}.` };
      return await clashAll(nights, { ...asked, starts: Number(asked.values['starts']), holds: Object.keys(HOLDS) as Hold[] });
    } finally {
      await nights.remove();
    }
  },
};

export interface Effort extends Pick<Asked, 'seed' | 'parallel' | 'say'> {
  /** Pairs of runs. */
  readonly starts: number;
  /** How another program holds the warehouse, each for shorter and for longer than the time-out. */
  readonly holds: readonly Hold[];
}

/** Lets runs clash with each other and with another program, and demands that one goes on and the other changes nothing. */
export async function clashAll(nights: Nights, { starts, holds, seed, parallel, say }: Effort): Promise<Found> {
  const random = chance(seed);
  const calibrations: Calibration[] = [];
  for (const night of nights.nights) calibrations.push(await calibrate(nights, night));
  const last = nights.nights.length - 1;
  const clashOf = (at: number, what: Clash['what']): Clash => ({
    night: nights.nights[at] as Night,
    calibration: calibrations[at] as Calibration,
    what,
    after: random(),
  });
  const clashes = [
    ...Array.from({ length: starts }, (_, n) => clashOf(Math.floor(n / KINDS.length) % nights.nights.length, KINDS[n % KINDS.length] ?? KINDS[0])),
    // There is nothing to lock before the first load.
    ...holds.flatMap((hold) => (['shorter', 'longer'] as const).map((time) => clashOf(last, `${hold}, ${time} than the time-out`))),
  ];
  const twin = await makeTwin(nights.folder);
  let done = 0;
  const results = await inParallel(clashes, parallel, async (clash) => {
    const clashed = await clashOne(nights, clash, twin);
    if (clashed.wrong.length > 0) say(`${clash.night.name}, ${clash.what} (${clashed.codes}): ${clashed.wrong.join('; ')}`);
    if (++done % 10 === 0) say(`${done} of ${clashes.length}`);
    return clashed;
  });
  return { wrong: results.filter(({ wrong }) => wrong.length > 0).length, text: table(results) };
}

async function clashOne(nights: Nights, clash: Clash, twin: string): Promise<Clashed> {
  const { night, what } = clash;
  const room = await makeRoom(nights.folder, night.before);
  const own: Room = what === 'two pipelines' ? { ...(await makeRoom(nights.folder, night.before)), state: room.state } : room;
  try {
    const before = (await runsIn(room)).length;
    const found = await meet(nights, clash, { room, own, twin });
    const begun = found.outcomes.filter(({ stdout }) => stdout.includes('"runId":"')).length;
    const records = (await runsIn(room)).length - before;
    const tables = [await judgeTable(room, night.known), await judgeTable(own, night.known)];
    const wrong = [
      ...found.wrong,
      ...tables.flatMap((table) => table.wrong),
      ...(records === begun ? [] : [`${begun} runs began, and there are ${records} new records`]),
      ...(await judgeRest(room)),
      ...(await judgeNext({ nights }, night, room)),
    ];
    const codes = found.outcomes
      .map(({ code }) => code ?? 'killed')
      .sort()
      .join(' and ');
    return { what, codes, wrong };
  } finally {
    await rm(own.root, { recursive: true, force: true });
    await removeWatched(room);
  }
}

/** What a clash plays with: the room, that of the second run, and the project of the second pipeline. */
interface Place {
  readonly room: Room;
  readonly own: Room;
  readonly twin: string;
}

interface Met {
  readonly outcomes: readonly Outcome[];
  readonly wrong: readonly string[];
}

async function meet(nights: Nights, clash: Clash, { room, own, twin }: Place): Promise<Met> {
  const { night, calibration, what, after } = clash;
  if (what !== 'one pipeline' && what !== 'two pipelines' && what !== 'two pipelines, one warehouse') return meetProgram(nights, clash, room);
  const first = watch(nights, { night, room, calibration });
  const { start: _, ...locked } = calibration.ms;
  // The second needs as long to start as the first did: it comes while the first is at work.
  await pause(after * Object.values(locked).reduce((sum, ms) => sum + ms, 0));
  const isOne = what === 'one pipeline';
  const words = runArguments(own, night.sources, nights.set, isOne ? undefined : TWIN);
  const second = start(words, isOne ? {} : { cwd: twin });
  const outcomes = await Promise.all([first.running.ended, second.ended]);
  const { state } = await judgeTable(room, night.known);
  const wrong = outcomes.flatMap((it) => judgeEnd(it, state, [0, ...(what === 'two pipelines' ? [] : [75])], state));
  if (!outcomes.some(({ code }) => code === 0)) wrong.push('neither succeeded');
  if (isOne) wrong.push(...judgeTurns(outcomes));
  return { outcomes, wrong };
}

interface Document {
  readonly runId: string | null;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly error: { readonly code: string; readonly message: string; readonly remedy: string } | null;
}
const documentOf = ({ stdout }: Outcome): Document => JSON.parse(stdout) as Document;

/** Of two runs of one pipeline, either one was refused before it began, or one began after the other's end. */
function judgeTurns(outcomes: readonly Outcome[]): string[] {
  const [one, other] = outcomes.map(documentOf).sort((a, b) => a.startedAt.localeCompare(b.startedAt)) as [Document, Document];
  const refused = [one, other].find(({ error }) => error !== null);
  if (!refused) return other.startedAt >= one.finishedAt ? [] : ['both ran at once'];
  if (refused.runId !== null || refused.error?.code !== 'state.locked') return [`the other ended with ${refused.error?.code}`];
  return [];
}

/** A run meets a warehouse that another program has locked. */
async function meetProgram(nights: Nights, { night, calibration, what }: Clash, room: Room): Promise<Met> {
  const isShort = what.includes('shorter');
  const hold = Object.keys(HOLDS).find((it) => what.startsWith(it)) as Hold;
  const letGo = await holdWarehouse(room.warehouse, hold);
  try {
    const run = watch(nights, { night, room, calibration, set: [`warehouse.busyTimeoutMs=${isShort ? 600_000 : 300}`] });
    if (isShort) {
      await waits(run, hold);
      await letGo();
    }
    const outcome = await run.running.ended;
    await letGo();
    const { state } = await judgeTable(room, night.known);
    const wrong = judgeEnd(outcome, state, [isShort ? 0 : 75]);
    const code = documentOf(outcome).error?.code ?? 'none';
    if (!isShort && (state !== 'old' || code !== 'warehouse.locked')) wrong.push(`the table is ${state} and the error ${code}`);
    return { outcomes: [outcome], wrong };
  } finally {
    await letGo();
  }
}

/** Until the run has come to where it must wait. */
const waits = (run: Watched, hold: Hold): Promise<void> =>
  hold === 'exclusive for readers too' ? run.until(() => run.calls().includes('mkdir state/tmp/RUN ')) : run.reaches('merge');

function table(results: readonly Clashed[]): string {
  const groups = [...new Set(results.map(({ what, codes }) => `${what} | ${codes}`))].sort();
  const lines = groups.map((group) => {
    const own = results.filter(({ what, codes }) => `${what} | ${codes}` === group);
    return `| ${group} | ${own.length} | ${own.filter(({ wrong }) => wrong.length > 0).length} |`;
  });
  return [
    'Two runs at once, the second started at a moment drawn by chance; and a run that meets a warehouse which another process has locked. A plain run after each.',
    '',
    '| what | exit codes | times | wrong |',
    '| --- | --- | ---: | ---: |',
    ...lines,
  ].join('\n');
}
