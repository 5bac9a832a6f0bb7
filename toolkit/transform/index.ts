export { emailDomain } from './email-domain.ts';
export { personName } from './person-name.ts';
export { UK_PHONE, ukPhone } from './uk-phone.ts';
export { compactPostcode, outwardCode, spacedPostcode, UK_POSTCODE } from './uk-postcode.ts';
