import { AREAS, type Area } from './areas.ts';
import { COMPANIES } from './companies.ts';
import { csvRecord } from './text.ts';

const POSTCODE_HEADER = 'outcode,region,country,district,latitude,longitude\n';
const COMPANY_HEADER = 'domain,company_size,industry,annual_revenue\n';
const COUNTRIES: Readonly<Record<string, string>> = {
  Scotland: 'Scotland',
  Wales: 'Wales',
  'Northern Ireland': 'Northern Ireland',
  'Channel Islands': 'Channel Islands',
  'Isle of Man': 'Isle of Man',
};

/**
 * Every outcode of the table of areas, in its order.
 *
 * @example outcodes().slice(0, 2) // ['AB10', 'AB11']
 */
export function outcodes(): string[] {
  return AREAS.flatMap((area) => districtsOf(area).map((district) => area[0] + district));
}

/** The records of a clean `postcodes.csv`, header first: data/lookups/postcodes.csv, byte for byte. */
export function* cleanPostcodes(): Generator<string> {
  yield POSTCODE_HEADER;
  for (const area of AREAS) {
    for (const [at, district] of districtsOf(area).entries()) yield `${postcodeRow(area, district, at)}\n`;
  }
}

/** The records of a clean `companies.csv`, header first: data/lookups/companies.csv, byte for byte. */
export function* cleanCompanies(): Generator<string> {
  yield COMPANY_HEADER;
  for (const [domain, , size, industry, revenue] of COMPANIES) yield `${csvRecord([domain, size, industry, revenue])}\n`;
}

/**
 * `postcodes.csv` with its faults: early duplicates, refused and malformed rows among the good ones, a few outcodes left out, some cells empty.
 *
 * - The last good row of a key is the clean one, save for the cells that `REPLACED` empties.
 */
export function* dirtyPostcodes(): Generator<string> {
  let at = 0;
  for (const record of cleanPostcodes()) {
    at += 1;
    const outcode = record.slice(0, record.indexOf(','));
    if (!LEFT_OUT.has(outcode)) yield REPLACED.get(outcode) ?? record;
    if (at % 60 === 0) yield POSTCODE_FAULTS[at / 60 - 1] ?? '';
  }
}

/** `companies.csv` with its faults: duplicates, a missing key, malformed rows, empty cells, one company left out. */
export function* dirtyCompanies(): Generator<string> {
  let at = 0;
  for (const record of cleanCompanies()) {
    at += 1;
    const domain = record.slice(0, record.indexOf(','));
    if (!LEFT_OUT.has(domain)) yield REPLACED.get(domain) ?? record;
    if (at % 8 === 0) yield COMPANY_FAULTS[at / 8 - 1] ?? '';
  }
}

const LEFT_OUT = new Set(['LD8', 'HS9', 'KW3', 'NW11', 'CV47', 'plover-press.test']);

const REPLACED = new Map<string, string>([
  ['ZE3', 'ZE3,,Scotland,,60.155,-1.145\n'],
  ['IM9', 'IM9,Isle of Man,,Douglas,,\n'],
  ['SR8', ' sr8 , North East ,England,\u00a0Sunderland\t,+54.9,-1\n'],
  ['TS29', 'TS29,North East,England,Middlesbrough,,-1.235\r\n'],
  ['tidewell-pumps.example', ' Tidewell-Pumps.EXAMPLE\u00a0,Medium (51-250 employees),Manufacturing,£10M+\r\n'],
  ['underhill-vets.example', 'underhill-vets.example,,"Health\nand Care",\n'],
]);

// At the places where these come, a duplicate stands before the clean row of its key or is itself refused: the clean row wins.
const POSTCODE_FAULTS: readonly string[] = [
  'LS1,Yorkshire,England,Leeds,53.80,-1.55\n',
  ',North West,England,Manchester,53.48,-2.24\n',
  'M1,North West,England,Manchester,north,-2.24\n',
  'YO1,Yorkshire,England,York,53.96,1.08W\n',
  'SE1,London,England\n',
  'SE1,London,England,Southwark,51.50,-0.10,\n',
  '"SE1"x,London,England,Southwark,51.50,-0.10\n',
  'SE1,"London,England",Southwark,51.50,-0.10\n',
  'SE1,Lon"don,England,Southwark,51.50,-0.10\n',
  'SE1,Lon\u0000don,England,Southwark,51.50,-0.10\n',
  '\n',
  ' w1a ,Greater London,England,Westminster,51.51,-0.14\n',
  '\u00a0\t,Wales,Wales,Cardiff,51.48,-3.18\n',
  'CF10,Wales,Wales,Cardiff,91,-3.18\n',
  'CF10,Wales,Wales,Cardiff,-90.0001,-3.18\n',
  'CF10,Wales,Wales,Cardiff,51.48,180.5\n',
  'CF10,Wales,Wales,Cardiff,51.,-3.18\n',
  'CF10,Wales,Wales,Cardiff,51.48,.5\n',
  'CF10,Wales,Wales,Cardiff,5.148e1,-3.18\n',
  'CF10,Wales,Wales,Cardiff,51.48,- 3\n',
  'CF10,Wales,Wales,Cardiff,"51,48","-3,18"\n',
  'GIR,North West,England,"Bootle,\nSefton",53.45,-2.99\n',
  'WV1,"West ""Mids""",England,Wolverhampton,52.59,-2.13\n',
  'wv2,West Midlands,England,Wolverhampton,52.58,-2.12\nWV2,West Midlands,England,Wolverhampton,52.58,-2.12\n',
  ',,,,,\n',
  ',Scotland,Scotland,Highland,away,-4.2\n',
];

const COMPANY_FAULTS: readonly string[] = [
  'Westering-Travel.example,Small (11-50 employees),Travel,<£1M\n',
  ' ,Micro (1-10 employees),Retail,<£1M\n',
  'larkfield-learning.example,Large\n',
  '"larkfield-learning.example"?,Large (250+ employees),Education,£10M+\n',
  'lark"field.example,Large (250+ employees),Education,£10M+\n',
  'yarrow-pharmacy.example,Medium (51-250 employees),Health,£10M+\n',
  'lark\u0000field.example,Large (250+ employees),Education,£10M+\n',
];

function districtsOf([, districts]: Area): string[] {
  return districts.split(',').flatMap((part) => {
    const [first, last] = part.split('-');
    if (last === undefined) return [part];
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, at) => String(Number(first) + at));
  });
}

function postcodeRow([letters, , region, district, latitude, longitude]: Area, code: string, at: number): string {
  // The first district keeps the town's own place; the others lie around it, at most 0.030 and 0.048 degrees away.
  const north = at === 0 ? 0 : (((at * 7) % 11) - 5) * 6;
  const east = at === 0 ? 0 : (((at * 5) % 13) - 6) * 8;
  const place = [inThousandths(latitude, north), inThousandths(longitude, east)];
  return csvRecord([letters + code, region, COUNTRIES[region] ?? 'England', district, ...place]);
}

function inThousandths(degrees: number, offset: number): string {
  const thousandths = Math.round(degrees * 1000) + offset;
  const digits = String(Math.abs(thousandths)).padStart(4, '0');
  return `${thousandths < 0 ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`;
}
