import { type Columns, coalesce, flag, isNotNull, when } from 'daybook';

interface Found {
  company: string | null;
  company_size: string | null;
  industry: string | null;
  annual_revenue: string | null;
}

/** The company a customer belongs to: `Unknown` where its domain was not found or the cell is empty; what stands for a private person where no company is named. */
export const employer = (c: Columns<Found>) => {
  const business = isNotNull(c.company);
  return {
    is_business: flag(business),
    company_size: when(business, coalesce(c.company_size, 'Unknown')).otherwise('Individual'),
    industry: when(business, coalesce(c.industry, 'Unknown')).otherwise('Personal'),
    annual_revenue: when(business, coalesce(c.annual_revenue, 'Unknown')).otherwise('N/A'),
  };
};
