import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chance, sample } from '../../chance.ts';
import type { Found, Part } from '../part.ts';
import { Disk, type Luck, plant, type Tree, treeOf } from './disk.ts';
import { readTrace, type Step, traced, tracingRefused } from './disk-trace.ts';
import { inParallel } from './in-parallel.ts';
import { judgeNext } from './inject.ts';
import { judgeTable, type Verdict } from './judge.ts';
import { makeNights, type Night, type Nights } from './nights.ts';
import { ordersOf } from './power-order.ts';
import { makeRoom, type Room, runArguments, start } from './room.ts';

const ROWS = 50;
const FOLLOWED = 12;

/** What of all that nobody waited for is on the disk after the power cut. */
const LUCK: Readonly<Record<string, (random: () => number) => Luck>> = {
  nothing: () => () => false,
  'names alone': () => (what) => what === 'name',
  'bytes alone': () => (what) => what === 'bytes',
  'a seeded half': (random) => {
    const drawn = new Map<string, boolean>();
    return (what, step, block) => {
      const key = `${what} ${step} ${block}`;
      if (!drawn.has(key)) drawn.set(key, random() < 0.5);
      return drawn.get(key) ?? false;
    };
  },
};

/** A run as strace saw it, and the disk it ran on. */
interface Seen {
  readonly night: Night;
  readonly steps: readonly Step[];
  readonly disk: Disk;
  readonly runId: string;
  readonly rejects: Buffer;
}

/** What is judged: the power goes after so many steps, with so much luck. */
interface Cut {
  readonly seen: Seen;
  readonly after: number;
  readonly luck: string;
}

/** The order in which things reach the disk, as the kernel saw it; and the disk after a power cut at every step. */
export const powerPart: Part = {
  options: { every: { type: 'string', default: '1' } },
  async run({ seed, parallel, set, values, say }) {
    const refused = tracingRefused();
    if (refused !== null) return { wrong: 1, text: `Not run: ${refused}.` };
    const nights = await makeNights({ rows: ROWS, set });
    try {
      return await cutAll(nights, { seed, parallel, every: Number(values['every']), say });
    } finally {
      await nights.remove();
    }
  },
};

/** How much is tried, and by what chance. */
export interface Effort {
  readonly seed: number;
  readonly parallel: number;
  /** At every how-manieth step the power goes. */
  readonly every: number;
  readonly say: (line: string) => void;
}

/** Judges the orders of every load, and power cuts in it. */
export async function cutAll(nights: Nights, { seed, parallel, every, say }: Effort): Promise<Found> {
  const random = chance(seed);
  const seen = [];
  for (const night of nights.nights) seen.push(await watch(nights, night));
  const orders = seen.flatMap(({ night, steps }) => ordersOf(steps).map((it) => ({ night: night.name, ...it })));
  const cuts = seen.flatMap((it) =>
    it.steps.flatMap((_, at) =>
      at % every === 0 || at === it.steps.length - 1 ? Object.keys(LUCK).map((luck): Cut => ({ seen: it, after: at + 1, luck })) : [],
    ),
  );
  const followed = new Set(sample(cuts, Math.min(FOLLOWED, cuts.length), random));
  const seeds = cuts.map(() => Math.floor(random() * 2 ** 31));
  const results = await inParallel(cuts, parallel, async (cut, at) => ({
    cut,
    ...(await judgeCut(nights, cut, chance(seeds[at] ?? 0), followed.has(cut))),
  }));
  for (const { cut, wrong } of results) if (wrong.length > 0) say(`${cut.seen.night.name}, ${described(cut)}: ${wrong.join('; ')}`);
  const lost = orders.filter(({ holds }) => !holds);
  for (const { night, order } of lost) say(`${night}: does not hold: ${order}`);
  const text = [
    '| load | order, as strace saw it | holds |',
    '| --- | --- | --- |',
    ...orders.map(({ night, order, holds }) => `| ${night} | ${order} | ${holds ? 'yes' : 'NO'} |`),
    '',
    `The power was cut after each of ${seen.map(({ steps, night }) => `${steps.length} steps of the ${night.name}`).join(' and ')}${every === 1 ? '' : ` (every ${every}th)`}. On the disk is what was synced, and of the rest:`,
    '',
    ...cutTable(results),
    '',
    `A plain run afterwards, on ${followed.size} seeded ones of these disks, put everything right but on ${results.filter((it) => it.isFollowed && it.wrong.length > 0).length}.`,
  ].join('\n');
  return { wrong: lost.length + results.filter(({ wrong }) => wrong.length > 0).length, text };
}

const described = ({ seen, after, luck }: Cut): string =>
  `power cut after step ${after} (${seen.steps[after - 1]?.does} ${seen.steps[after - 1]?.path}), ${luck} of the rest kept`;

function cutTable(results: readonly { cut: Cut; state: Verdict['state']; wrong: readonly string[] }[]): string[] {
  const lines = Object.keys(LUCK).map((luck) => {
    const own = results.filter(({ cut }) => cut.luck === luck);
    const counted = (['old', 'new', 'other'] as const).map((state) => own.filter((it) => it.state === state).length);
    return `| ${luck} | ${own.length} | ${counted.join(' | ')} | ${own.filter(({ wrong }) => wrong.length > 0).length} |`;
  });
  return ['| kept | cuts | old | new | other | wrong |', '| --- | ---: | ---: | ---: | ---: | ---: |', ...lines];
}

/** One run under strace. */
async function watch({ folder, set }: Nights, night: Night): Promise<Seen> {
  const room = await makeRoom(folder, night.before);
  const before = await treeOf(room.root);
  const file = `${room.root}.strace`;
  const { code, stdout, stderr } = await start(runArguments(room, night.sources, set), { under: traced(file) }).ended;
  if (code !== 0) throw new Error(`The run under strace ended with ${code}: ${stderr}`);
  const steps = await readTrace(file, room.root, new Set([...before.files.keys(), ...before.folders]));
  const { runId } = JSON.parse(stdout) as { runId: string };
  const rejects = await readFile(join(room.state, 'runs', runId, 'rejects.parquet'));
  await rm(file);
  await rm(room.root, { recursive: true });
  return { night, steps, disk: new Disk(before, steps), runId, rejects };
}

async function judgeCut(nights: Nights, { seen, after, luck }: Cut, random: () => number, isFollowed: boolean) {
  const tree = seen.disk.after(after, LUCK[luck]?.(random) ?? (() => false));
  const root = await mkdtemp(join(nights.folder, 'cut-'));
  const room: Room = { root, warehouse: join(root, 'warehouse.sqlite'), state: join(root, 'state') };
  try {
    await plant(root, tree);
    const { state, wrong } = await judgeTable(room, seen.night.known);
    const rest = isFollowed ? await judgeNext({ nights }, seen.night, room) : [];
    return { state, isFollowed, wrong: [...wrong, ...keptPromises(seen, tree, state, after), ...rest] };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** What a run has said must be true on the disk as well. */
function keptPromises({ runId, rejects, steps }: Seen, { files }: Tree, state: Verdict['state'], after: number): string[] {
  const folder = `state/runs/${runId}`;
  const record = files.get(`${folder}/run.json`);
  const hasEnded = after === steps.length;
  if (!record) return hasEnded ? ['the run ended, and its record is lost'] : [];
  const status = statusOf(record);
  if (status === null) return ['a record that is not whole'];
  if (hasEnded && status !== 'succeeded') return [`the run succeeded, and its record says ${status}`];
  if (status !== 'succeeded') return [];
  return [
    ...(state === 'new' ? [] : ['the record says succeeded, and the table is not new']),
    ...(files.get(`${folder}/rejects.parquet`)?.equals(rejects) ? [] : ['the record says succeeded, and the rejects are not whole']),
  ];
}

function statusOf(record: Buffer): string | null {
  try {
    return (JSON.parse(record.toString()) as { status: string }).status;
  } catch {
    return null;
  }
}
