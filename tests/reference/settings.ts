import type { ReferenceSettings } from './types.ts';

/** The page's points, regions, cut-offs and thresholds. */
export const DEFAULT_SETTINGS: ReferenceSettings = {
  riskRegions: ['London', 'West Midlands'],
  riskPoints: { region: 2, smallBusiness: 1, largeCompany: -1, suspended: 3, noGeo: 1 },
  riskCutOffs: { low: 0, medium: 2 },
  segments: { vip: '1000.00', regular: '100.00', occasional: '0.00' },
};
