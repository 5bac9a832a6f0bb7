import { type Cleaned, trimmed } from './clean.ts';
import type { CsvRecord } from './csv.ts';
import { breakDuplicates, isRejected, type Judged, malformed, noteIn, type Severities } from './judge.ts';
import { coordinateOf } from './numbers.ts';

/** What is known of an outcode. */
export interface Area {
  readonly outcode: string;
  readonly region: string;
  readonly country: string;
  readonly district: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** What is known of an e-mail domain. */
export interface Business {
  readonly domain: string;
  readonly companySize: string;
  readonly industry: string;
  readonly annualRevenue: string;
}

/** Judges the rows of the postcode lookup; of the good rows of an outcode the last stays. */
export function judgePostcodes(records: readonly CsvRecord[], severities: Severities): Judged<Area, string>[] {
  const judged = records.map(judgeArea);
  breakDuplicates(
    judged.filter((record) => !isRejected(record, severities)),
    'outcode.duplicate',
  );
  return judged;
}

/** Judges the rows of the company lookup; of the good rows of a domain the last stays. */
export function judgeCompanies(records: readonly CsvRecord[], severities: Severities): Judged<Business, string>[] {
  const judged = records.map(judgeBusiness);
  breakDuplicates(
    judged.filter((record) => !isRejected(record, severities)),
    'domain.duplicate',
  );
  return judged;
}

function judgeArea(record: CsvRecord): Judged<Area, string> {
  const { file, record: number, line, cells } = record;
  if (cells === null) return malformed(record);
  const broken: string[] = [];
  const note = noteIn(broken);
  const key = note('outcode', cleanKey(trimmed(cells.outcode ?? '')?.toUpperCase()));
  const row: Area = {
    outcode: key ?? '',
    region: textOrUnknown(cells.region),
    country: textOrUnknown(cells.country),
    district: textOrUnknown(cells.district),
    latitude: note('latitude', cleanCoordinate(cells.latitude, 90)),
    longitude: note('longitude', cleanCoordinate(cells.longitude, 180)),
  };
  return { file, record: number, line, key, broken, row };
}

function judgeBusiness(record: CsvRecord): Judged<Business, string> {
  const { file, record: number, line, cells } = record;
  if (cells === null) return malformed(record);
  const broken: string[] = [];
  const key = noteIn(broken)('domain', cleanKey(trimmed(cells.domain ?? '')?.toLowerCase()));
  const row: Business = {
    domain: key ?? '',
    companySize: textOrUnknown(cells.company_size),
    industry: textOrUnknown(cells.industry),
    annualRevenue: textOrUnknown(cells.annual_revenue),
  };
  return { file, record: number, line, key, broken, row };
}

function cleanKey(key: string | undefined): Cleaned<string | null> {
  return { value: key ?? null, fault: key === undefined ? 'missing' : null };
}

function textOrUnknown(text = ''): string {
  return trimmed(text) ?? 'Unknown';
}

function cleanCoordinate(cell = '', limit: number): Cleaned<number | null> {
  const text = trimmed(cell);
  if (text === null) return { value: null, fault: null };
  const value = coordinateOf(text, limit);
  return { value, fault: value === null ? 'invalid' : null };
}
