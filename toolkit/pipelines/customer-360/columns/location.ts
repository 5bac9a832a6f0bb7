import { type Columns, coalesce, flag, isNotNull } from 'daybook';

interface Found {
  region: string | null;
  country: string | null;
  district: string | null;
  found_outcode: string | null;
}

/** Where a customer lives: `Unknown` where the outward code was not found or its cell is empty; `geo_enriched` 1 where it was found. */
export const location = (c: Columns<Found>) => ({
  region: coalesce(c.region, 'Unknown'),
  country: coalesce(c.country, 'Unknown'),
  district: coalesce(c.district, 'Unknown'),
  geo_enriched: flag(isNotNull(c.found_outcode)),
});
