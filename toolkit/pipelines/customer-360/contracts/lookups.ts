import { contract, degrees, lower, text, upper } from 'daybook';

/** Where each UK outward code lies, the last good row of a code counts; or, from the service, where each whole postcode lies. */
export const postcodes = contract(
  'postcodes',
  {
    outcode: text({ title: 'Outward code', clean: upper }),
    region: text({ title: 'Region', required: false }),
    country: text({ title: 'Country', required: false }),
    district: text({ title: 'District', required: false }),
    latitude: degrees({ title: 'Latitude', limit: 90, reasons: { invalid: 'Latitude is not a number of degrees from -90 to 90.' } }),
    longitude: degrees({ title: 'Longitude', limit: 180, reasons: { invalid: 'Longitude is not a number of degrees from -180 to 180.' } }),
  },
  { key: 'outcode', duplicates: 'among good' },
);

/** What is known of a company by its e-mail domain. The last good row of a domain counts. */
export const companies = contract(
  'companies',
  {
    domain: text({ title: 'Domain', clean: lower }),
    company_size: text({ title: 'Company size', required: false }),
    industry: text({ title: 'Industry', required: false }),
    annual_revenue: text({ title: 'Annual revenue', required: false }),
  },
  { key: 'domain', duplicates: 'among good' },
);
