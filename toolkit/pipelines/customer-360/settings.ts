import * as z from 'zod';

const points = z.int().min(-100).max(100);

/** What a business decides: thresholds of segments, points and cut-offs of risk. Every key has a default. */
export const settings = z.strictObject({
  segments: z
    .strictObject({
      vip: z.number().min(0).default(1000).describe('Least total spent, in pounds, of the segment `vip`.'),
      regular: z
        .number()
        .min(0)
        .default(100)
        .describe('Least total spent, in pounds, of the segment `regular`; anything above 0 and below it is `occasional`.'),
    })
    .prefault({}),
  risk: z
    .strictObject({
      regions: z.array(z.string()).default(['London', 'West Midlands']).describe('Regions that count as high-risk.'),
      smallCompanySize: z.string().default('Micro (1-10 employees)').describe('The company size that counts as a small business.'),
      largeCompanyRevenue: z.string().default('£10M+').describe('The annual revenue that counts as a large company.'),
      points: z
        .strictObject({
          region: points.default(2).describe('Points for a high-risk region.'),
          smallBusiness: points.default(1).describe('Points for a small business.'),
          largeCompany: points.default(-1).describe('Points for a large company that is no small business.'),
          suspended: points.default(3).describe('Points for a suspended account.'),
          notGeoEnriched: points.default(1).describe('Points where the postcode was not found.'),
        })
        .prefault({}),
      lowUpTo: points.default(0).describe('Greatest score that is `Low`.'),
      mediumUpTo: points.default(2).describe('Greatest score that is `Medium`; above it is `High`.'),
    })
    .prefault({}),
});

export type Settings = z.output<typeof settings>;
