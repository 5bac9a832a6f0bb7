import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Files, generated } from '../../run-in-folder.ts';
import { Hosts } from './hosts.ts';
import { contentOf, type Known, pastOf } from './judge.ts';
import { makeRoom, type Outcome, type Room, runArguments, type Sources, sourcesIn } from './room.ts';
import { compileShim, type Orders, ordersOf } from './shim.ts';

/** A load that is to be disturbed: where it starts from, what it reads, and the two contents that may come of it. */
export interface Night {
  readonly name: string;
  readonly before: Room;
  readonly sources: Sources;
  readonly known: Known;
}

/** A folder with the loads, and the settings that they have beside a room's own. */
export interface Nights {
  readonly folder: string;
  readonly set: readonly string[];
  readonly nights: readonly Night[];
  /** The compiled shim; null, with the reason, where there is none. */
  readonly shim: string | null;
  readonly reason: string;
  /** A load of a night's sources in a room, to its end; with orders the shim obeys them. */
  run(room: Room, sources: Sources, orders: Orders | null): Promise<Outcome>;
  remove(): Promise<void>;
}

/** The second night: some customers changed, some new, some no longer there. */
function changed(files: Files, rows: number): Files {
  const lines = Buffer.from(files.crm.bytes).toString().split('\n');
  const others = Buffer.from(generated(Math.ceil(rows / 3), 2).crm.bytes)
    .toString()
    .split('\n')
    .slice(1);
  const kept = lines.slice(0, -Math.max(2, Math.floor(rows / 10)));
  const twice = lines.slice(1, 1 + Math.floor(rows / 5));
  // Of a customer that stands twice the last record counts.
  const bytes = Buffer.from([...kept, ...others.filter((line) => line !== ''), ...twice, ''].join('\n'));
  return { ...files, crm: { ...files.crm, bytes } };
}

/**
 * Makes the first load (there is no warehouse yet) and the second (there is one, some rows change), and does each once undisturbed to
 * learn what must come of it.
 */
export async function makeNights(options: { readonly rows: number; readonly set?: readonly string[]; readonly only?: 'first' }): Promise<Nights> {
  const { rows, set = [] } = options;
  const folder = await mkdtemp(join(tmpdir(), 'daybook-torture-'));
  const { shim, reason } = compileShim(folder);
  const hosts = new Hosts(shim === null ? {} : { LD_PRELOAD: shim });
  const run: Nights['run'] = (room, sources, orders) => hosts.run(runArguments(room, sources, set), ordersOf(orders));
  const files = generated(rows, 1);
  const first = await sourcesIn(join(folder, 'first'), files);
  const empty = await makeRoom(folder);
  const loaded = await loadedRoom(empty, { folder, run, sources: first });
  const nothing = { old: null, new: (await contentOf(loaded, new Set())).text, past: new Set<string>() };
  const nights: Night[] = [{ name: 'first load', before: empty, sources: first, known: nothing }];
  if (options.only !== 'first') {
    const second = await sourcesIn(join(folder, 'second'), changed(files, rows));
    await makeLogsOld(loaded);
    const past = await pastOf(loaded);
    const old = (await contentOf(loaded, past)).text;
    const after = await loadedRoom(loaded, { folder, run, sources: second });
    const known = { old, new: (await contentOf(after, past)).text, past };
    if (known.old === known.new) throw new Error('The second load changes nothing: it proves nothing.');
    nights.push({ name: 'second load', before: loaded, sources: second, known });
  }
  const remove = async () => {
    hosts.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { folder, set, nights, shim, reason, run, remove };
}

async function loadedRoom(from: Room, { folder, run, sources }: Pick<Nights, 'folder' | 'run'> & { readonly sources: Sources }): Promise<Room> {
  const room = await makeRoom(folder, from);
  const { code, stderr } = await run(room, sources, null);
  if (code !== 0) throw new Error(`An undisturbed run ended with ${code}: ${stderr}`);
  return room;
}

/** A night comes a day after the one before: it begins with rotating the logs. */
async function makeLogsOld({ state }: Room): Promise<void> {
  const folder = join(state, 'logs');
  const yesterday = Date.now() / 1000 - 86_400;
  for (const name of await readdir(folder)) await utimes(join(folder, name), yesterday, yesterday);
}
