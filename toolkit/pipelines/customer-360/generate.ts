import { crmRecords } from './generate/crm.ts';
import { dirtyCompanies, dirtyPostcodes } from './generate/lookups.ts';
import { orderArray, orderLines } from './generate/orders.ts';
import { supportRecords } from './generate/support.ts';
import { type GeneratedChunk, inChunks } from './generate/text.ts';

export type { GeneratedChunk } from './generate/text.ts';

/** How many customers, from which seed, and in which form the orders come (`ndjson` unless told). */
export interface GenerateOptions {
  readonly rows: number;
  readonly seed: number;
  readonly orders?: 'ndjson' | 'array';
}

/**
 * Makes the five sources of customer-360, dirty on purpose: every rule is broken somewhere, and 2 to 4 % of the records are refused.
 *
 * - Shape: `crm.csv`, `orders.ndjson` (or `orders.json`), `support.csv`, `postcodes.csv` and `companies.csv`, one after the other, in chunks of about 64 kB.
 * - Accepted customers: exactly `rows`; the refused records come on top. From 2,000 rows on every case is there.
 * - Pure: the same options give the same bytes. Nobody in it is real.
 * @throws RangeError when `rows` or `seed` is no whole number of 0 or more.
 *
 * @example for (const { file, text } of generate({ rows: 2000, seed: 360 })) await append(file, text);
 */
export function* generate({ rows, seed, orders = 'ndjson' }: GenerateOptions): Generator<GeneratedChunk> {
  for (const [name, value] of Object.entries({ rows, seed })) {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`"${name}" is a whole number, 0 or more.`);
  }
  yield* inChunks('crm.csv', crmRecords(rows, seed));
  yield* orders === 'array' ? inChunks('orders.json', orderArray(rows, seed)) : inChunks('orders.ndjson', orderLines(rows, seed));
  yield* inChunks('support.csv', supportRecords(rows, seed));
  yield* inChunks('postcodes.csv', dirtyPostcodes());
  yield* inChunks('companies.csv', dirtyCompanies());
}
