import * as z from 'zod';
import { ServiceFault } from './fault.ts';
import type { Answers, ServiceProtocol, ServiceRecord } from './protocol.ts';

const FIELDS = ['region', 'country', 'admin_district', 'latitude', 'longitude'] as const;

/** Half of a surrogate pair is no character, and no warehouse takes it. */
const text = z
  .string()
  .regex(/^\P{Surrogate}*$/u)
  .nullish();
const coordinate = z.union([z.number(), text]);
const place = z
  .object({ region: text, country: text, admin_district: text, latitude: coordinate, longitude: coordinate })
  .refine((found) => FIELDS.some((name) => found[name] !== undefined));
const entry = z.object({ query: z.string(), result: place.nullable() });
const bulkAnswer = z.object({ result: z.array(z.unknown()) });

const compact = (postcode: string): string => postcode.replaceAll(/\s/g, '').toUpperCase();

const recordOf = ({ region, country, admin_district, latitude, longitude }: z.output<typeof place>): ServiceRecord => ({
  region: region ?? null,
  country: country ?? null,
  district: admin_district ?? null,
  latitude: latitude ?? null,
  longitude: longitude ?? null,
});

/**
 * What an answer says of the postcodes that were asked for. Entries are told apart by their `query`, whatever their order and
 * number; of a postcode answered twice the last entry counts. An entry of another form answers nothing.
 */
function answersIn(json: unknown, postcodes: readonly string[]): Answers {
  const asked = new Map(postcodes.map((postcode) => [compact(postcode), postcode]));
  const answers = new Map<string, ServiceRecord | null>();
  for (const found of bulkAnswer.safeParse(json).data?.result ?? []) {
    const { data } = entry.safeParse(found);
    const postcode = data && asked.get(compact(data.query));
    if (postcode !== undefined) answers.set(postcode, data?.result ? recordOf(data.result) : null);
  }
  if (answers.size === 0) throw new ServiceFault('wrong-form');
  return answers;
}

/** postcodes.io and what answers like it: whole postcodes, at most a hundred at once. */
export const postcodesIo: ServiceProtocol = {
  mostKeys: 100,
  path: '/postcodes',
  bodyOf: (postcodes) => ({ postcodes }),
  answersIn,
  // The palace in Westminster, which every register of postcodes has.
  probe: { path: '/postcodes/SW1A1AA', isSound: (json) => z.object({ result: place }).safeParse(json).success },
};
