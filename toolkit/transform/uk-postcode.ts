import { append, beforeFirst, removeSpace, substring, textToText, upper } from '../frame/index.ts';

/** A UK postcode without its space: Royal Mail's forms, GIR 0AA included. */
export const UK_POSTCODE = /^(?:GIR0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY])\d[ABD-HJLNP-UW-Z]{2})$/;

/** A postcode in upper case without white space. Nulls stay null. Not validated. */
export const compactPostcode = textToText((postcode) => removeSpace(upper(postcode)));

/** A compact postcode with one space before its last three characters. @example "SW1A1AA" gives "SW1A 1AA" */
export const spacedPostcode = textToText((compact) => append(append(substring(compact, 1, -4), ' '), substring(compact, -3)));

/** The outward code: what stands before the space. @example "SW1A 1AA" gives "SW1A" */
export const outwardCode = textToText((spaced) => beforeFirst(spaced, ' '));
