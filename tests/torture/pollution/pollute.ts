import { chance } from '../../chance.ts';
import { type Clean, CSV_SOURCES } from './clean.ts';
import { cleanCsv } from './clean-csv.ts';
import { cleanFeed } from './clean-feed.ts';
import type { Kind, Tools } from './kind.ts';
import { csvKinds } from './kinds/csv-kinds.ts';
import { jsonKinds } from './kinds/json-kinds.ts';
import type { Sheet } from './sheet.ts';

/** A file with one or two faults in it, which are known. */
export interface Polluted {
  readonly sheet: Sheet;
  /** What was planted. */
  readonly kinds: readonly Kind[];
  /** Seeds everything about the file; with it the file is made again. */
  readonly seed: number;
}

/** Which files are wanted: the kinds take turns, so that so many files hold each of them. */
export interface Wanted {
  readonly as: 'csv' | 'json';
  readonly count: number;
  readonly seed: number;
}

const KINDS = { csv: csvKinds, json: jsonKinds } as const;
/** How many of the files that can hold two faults do. */
const SHARE_OF_TWO = 0.6;

/** Chance as kinds ask for it. */
export function toolsOf(seed: number): Tools {
  const random = chance(seed);
  const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  return { random, between, pick: (items) => items[between(0, items.length - 1)] as (typeof items)[number] };
}

/** So many polluted files, seeded, each of a clean one. */
export function* pollute(clean: Clean, { as, count, seed }: Wanted): Generator<Polluted> {
  const kinds = KINDS[as];
  for (let n = 0; n < count; n++) {
    const own = seed * 1_000_000 + n;
    yield { ...polluted(clean, kinds[n % kinds.length] as Kind, kinds, toolsOf(own)), seed: own };
  }
}

function polluted(all: Clean, first: Kind, kinds: readonly Kind[], tools: Tools): Omit<Polluted, 'seed'> {
  const { form } = first;
  const clean = form === 'csv' ? cleanCsv(all, tools.pick(CSV_SOURCES), tools) : cleanFeed(all, form, tools);
  const alone = { sheet: plantAll(clean, [first], tools), kinds: [first] };
  if (first.isAlone || tools.random() > SHARE_OF_TWO) return alone;
  const second = tools.pick(kinds.filter((kind) => kind.form === form && !kind.isAlone && !(kind.stage !== 'record' && kind.stage === first.stage)));
  const sheet = plantAll(clean, [first, second], tools);
  return isAmbiguous(sheet) ? alone : { sheet, kinds: [first, second] };
}

/** Of two faults that stop the run one hides the other; and what is not UTF-8 and holds a NUL may be called binary. */
function isAmbiguous({ lines }: Sheet): boolean {
  const stops = lines.flatMap(({ stop }) => stop?.why ?? []);
  const isTorn = stops.includes('not UTF-8') || stops.includes('Latin-1');
  return stops.length > 1 || (isTorn && lines.some(({ text }) => text.includes('\0')));
}

/** Plants kinds in the order that leaves each where it was put: from behind, and over the whole file at last. */
function plantAll(clean: Sheet, kinds: readonly Kind[], tools: Tools): Sheet {
  const places = placesFor(clean, kinds, tools);
  const order = [...kinds.entries()].sort(([a, one], [b, other]) => rank(one) - rank(other) || (places[b] as number) - (places[a] as number));
  return order.reduce((sheet, [i, kind]) => kind.plant(sheet, places[i] as number, tools), clean);
}

const rank = ({ stage }: Kind): number => ({ last: 0, record: 1, file: 2 })[stage];

/** The line at which each kind is planted. Those at records stand apart, and clear of the ends. */
function placesFor({ lines, form }: Sheet, kinds: readonly Kind[], tools: Tools): number[] {
  const first = form === 'lines' ? 0 : 1;
  const end = form === 'array' ? lines.length - 2 : lines.length;
  const lastTakes = Math.max(0, ...kinds.filter(({ stage }) => stage === 'last').map(({ takes }) => takes));
  const room = end - lastTakes - first;
  const inRecords = kinds.filter(({ stage }) => stage === 'record');
  return kinds.map((kind) => {
    if (kind.stage === 'last') return lines.length - kind.takes;
    if (kind.stage === 'file') return 0;
    const part = Math.floor(room / inRecords.length);
    const from = first + part * inRecords.indexOf(kind);
    return tools.between(from, from + part - kind.takes);
  });
}
