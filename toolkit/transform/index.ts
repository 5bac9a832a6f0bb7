export { emailDomain } from './email-domain.ts';
export { personName } from './person-name.ts';
export { plainEmail } from './plain-email.ts';
export { plainPhone, UK_PHONE, ukPhone } from './uk-phone.ts';
export { compactPostcode, outwardCode, plainPostcode, spacedPostcode, UK_POSTCODE } from './uk-postcode.ts';
