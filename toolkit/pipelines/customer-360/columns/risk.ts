import { and, type Columns, coalesce, type Expr, eq, joinTexts, lte, neq, not, nullIf, oneOf, type Truth, total, when } from 'daybook';
import type { Settings } from '../settings.ts';

interface Rated {
  region: string;
  geo_enriched: 0 | 1;
  is_business: 0 | 1;
  company_size: string;
  annual_revenue: string;
  status: string;
}
interface Factor {
  readonly test: Expr<Truth>;
  readonly points: number;
  readonly name: string;
}

/** What gives points, in the order in which it is named. */
function factorsOf(c: Columns<Rated>, { points, ...risk }: Settings['risk']): readonly Factor[] {
  const business = eq(c.is_business, 1);
  const small = and(business, eq(c.company_size, risk.smallCompanySize));
  const large = and(business, not(small), eq(c.annual_revenue, risk.largeCompanyRevenue));
  return [
    { test: oneOf(c.region, risk.regions), points: points.region, name: 'High-risk region' },
    { test: small, points: points.smallBusiness, name: 'Small business' },
    { test: large, points: points.largeCompany, name: 'Large company (low risk)' },
    { test: eq(c.status, 'suspended'), points: points.suspended, name: 'Account suspended' },
    { test: neq(c.geo_enriched, 1), points: points.notGeoEnriched, name: 'Incomplete geographic data' },
  ];
}

/** Risk points, and what gave them joined by `; `, `Standard profile` where nothing did. */
export function risk(c: Columns<Rated>, settings: Settings) {
  const factors = factorsOf(c, settings.risk);
  const names = factors.map(({ test, name }) => when(test, name).orNull());
  return {
    risk_score: total(...factors.map(({ test, points }): Expr<number> => when(test, points).otherwise(0))),
    risk_factors: coalesce(nullIf(joinTexts('; ', ...names), ''), 'Standard profile'),
  };
}

/** `Low`, `Medium` or `High` by the points. */
export const riskLevel = (c: Columns<{ risk_score: number }>, { risk: { lowUpTo, mediumUpTo } }: Settings) =>
  when(lte(c.risk_score, lowUpTo), 'Low').when(lte(c.risk_score, mediumUpTo), 'Medium').otherwise('High');
