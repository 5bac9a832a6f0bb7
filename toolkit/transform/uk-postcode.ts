import { append, beforeFirst, matches, removeSpace, substring, textToText, upper, when } from '../frame/index.ts';

const OUTWARD = '[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]|[A-HK-Y][0-9][0-9]|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9][ABEHMNPRVWXY])';
const INWARD = '[0-9][ABD-HJLNP-UW-Z]{2}';

/** A UK postcode without its space: Royal Mail's forms, GIR 0AA included. */
export const UK_POSTCODE = new RegExp(`^(?:GIR0AA|${OUTWARD}${INWARD})$`);

/** A postcode in upper case without white space. Nulls stay null. Not validated. */
export const compactPostcode = textToText((postcode) => upper(removeSpace(postcode)));

/** A compact postcode with one space before its last three characters. @example "SW1A1AA" gives "SW1A 1AA" */
export const spacedPostcode = textToText((compact) => append(append(substring(compact, 1, -4), ' '), substring(compact, -3)));

/** The outward code: what stands before the space. @example "SW1A 1AA" gives "SW1A" */
export const outwardCode = textToText((spaced) => beforeFirst(spaced, ' '));

/** A postcode that is in its stored form as it stands; null for any other text, valid or not. For `asWritten`. */
export const plainPostcode = textToText((raw) => when(matches(raw, `^${OUTWARD} ${INWARD}$`), raw).orNull());
