import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { PostcodeService, placeOf } from '../../postcode-service.ts';
import { type Files, generated, RunFolder, type RunOptions } from '../../run-in-folder.ts';

const HEADER = 'customer_id,first_name,last_name,email,phone,postcode,company,registration_date,status';
/** An export of customers 1, 2, 3 … with these postcodes. */
export const crm = (...postcodes: readonly string[]) => ({
  name: 'crm.csv',
  bytes: Buffer.from([HEADER, ...postcodes.map((postcode, i) => `${i + 1},Ann,Lee,,,${postcode},,,active`), ''].join('\n')),
});
export const FILES: Files = { ...generated(20, 3), crm: crm('AB1 1AA', 'ab1 1aa', 'AB2 2BB', 'AB3 3DD', 'no postcode', '') };

export const region = (postcode: string) => placeOf(postcode).region;
/** What is published of `FILES` when the service answers: customer, region, geo_enriched. */
export const ALL: readonly Place[] = [
  [1, region('AB1 1AA'), 1],
  [2, region('AB1 1AA'), 1],
  [3, region('AB2 2BB'), 1],
  [4, region('AB3 3DD'), 1],
  [5, 'Unknown', 0],
  [6, 'Unknown', 0],
];
export type Place = readonly [customer: unknown, region: unknown, geoEnriched: unknown];

const FIRST_DAY = Date.parse('2026-03-01T03:00:00Z');
const DAY_MS = 86_400_000;

/** A pipeline's folder, and a stand-in of the service that it asks. */
export class Scene {
  private constructor(
    readonly folder: RunFolder,
    readonly service: PostcodeService,
  ) {}

  static async make(t: ExecutionContext, files = FILES): Promise<Scene> {
    const [folder, service] = await Promise.all([RunFolder.make(files), PostcodeService.start()]);
    t.teardown(() => Promise.all([folder.remove(), service.stop()]));
    return new Scene(folder, service);
  }

  /** A run so many days after the first: its document, its events, and the notices among them. */
  async run(day = 0, { set = [], ...options }: RunOptions = {}) {
    const patience = ['backoffMs=1', 'retries=1', 'timeoutMs=30000', 'concurrency=1'].map((it) => `services.${it}`);
    const all = ['quality.gates=off', 'engine.threads=1', `sources.postcodes=${this.service.url}`, ...patience, ...set];
    const { document, events } = await this.folder.run({ ...options, set: all, now: () => new Date(FIRST_DAY + day * DAY_MS) });
    return { document, events, notices: events.flatMap((event) => (event.type === 'notice' ? [event] : [])) };
  }

  async places(): Promise<Place[]> {
    return (await this.folder.rows()).map((row) => [row['customer_id'], row['region'], row['geo_enriched']]);
  }

  /** The files that hold answers. */
  async cached(): Promise<string[]> {
    const folder = join(this.folder.state, 'cache');
    return (await readdir(folder)).map((name) => join(folder, name));
  }
}
