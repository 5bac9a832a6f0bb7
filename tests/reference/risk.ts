import type { ReferenceSettings } from './types.ts';

/** What the risk of a customer goes by. */
export interface RiskFacts {
  readonly region: string;
  readonly isBusiness: boolean;
  readonly companySize: string;
  readonly annualRevenue: string;
  readonly status: string;
  readonly isGeoEnriched: boolean;
}

/** The risk columns of a customer. */
export interface Risk {
  readonly risk_score: number;
  readonly calculated_risk: string;
  readonly risk_factors: string;
}

/** Points and factors, in the page's order. */
export function riskOf(facts: RiskFacts, settings: ReferenceSettings): Risk {
  const { riskPoints, riskCutOffs, riskRegions } = settings;
  const isSmall = facts.isBusiness && facts.companySize === 'Micro (1-10 employees)';
  const isLarge = facts.isBusiness && !isSmall && facts.annualRevenue === '£10M+';
  const factors: readonly (readonly [boolean, number, string])[] = [
    [riskRegions.includes(facts.region), riskPoints.region, 'High-risk region'],
    [isSmall, riskPoints.smallBusiness, 'Small business'],
    [isLarge, riskPoints.largeCompany, 'Large company (low risk)'],
    [facts.status === 'suspended', riskPoints.suspended, 'Account suspended'],
    [!facts.isGeoEnriched, riskPoints.noGeo, 'Incomplete geographic data'],
  ];
  const met = factors.filter(([holds]) => holds);
  const score = met.reduce((sum, [, points]) => sum + points, 0);
  return {
    risk_score: score,
    calculated_risk: score <= riskCutOffs.low ? 'Low' : score <= riskCutOffs.medium ? 'Medium' : 'High',
    risk_factors: met.map(([, , factor]) => factor).join('; ') || 'Standard profile',
  };
}
