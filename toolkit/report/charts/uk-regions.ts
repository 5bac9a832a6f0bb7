/** A region of the United Kingdom (ITL 1) and its place in a map of twelve tiles of one size, from the top left. */
export interface Tile {
  readonly region: string;
  /** As it stands in the tile. */
  readonly short: string;
  readonly column: number;
  readonly row: number;
}

const tile = (region: string, column: number, row: number, short = region): Tile => ({ region, short, column, row });

/** The twelve regions. */
export const TILES: readonly Tile[] = [
  tile('Scotland', 1, 0),
  tile('Northern Ireland', 0, 1),
  tile('North East', 2, 1),
  tile('North West', 1, 2),
  tile('Yorkshire and The Humber', 2, 2, 'Yorkshire & Humber'),
  tile('Wales', 0, 3),
  tile('West Midlands', 1, 3),
  tile('East Midlands', 2, 3),
  tile('East of England', 3, 3),
  tile('South West', 1, 4),
  tile('South East', 2, 4),
  tile('London', 3, 4),
];

/** A region's name in a sentence. @example inWords('South East') // 'the South East' */
export const inWords = (region: string): string => (/^(?:North|South|East|West) /.test(region) ? `the ${region}` : region);

const folded = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll(/[^a-z]/g, '')
    .replace(/^the|england$/g, '');
const OTHER_NAMES: Readonly<Record<string, string>> = {
  east: 'East of England',
  eastern: 'East of England',
  eastanglia: 'East of England',
  yorkshire: 'Yorkshire and The Humber',
  yorkshireandhumber: 'Yorkshire and The Humber',
  yorkshireandhumberside: 'Yorkshire and The Humber',
  greaterlondon: 'London',
};
const KNOWN = new Map([...TILES.map(({ region }) => [folded(region), region] as const), ...Object.entries(OTHER_NAMES)]);

/** The region that a name stands for, however it is written; null where it is none of the twelve. @example regionOf('yorkshire & the humber') // 'Yorkshire and The Humber' */
export const regionOf = (name: string): string | null => KNOWN.get(folded(name)) ?? null;
