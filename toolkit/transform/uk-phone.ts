import { JS_SPACE_CLASS, matches, replaceMatches, textToText, when } from '../frame/index.ts';

/** A normalised UK number: 0 and ten more digits. */
export const UK_PHONE = /^0\d{10}$/;

/**
 * A UK telephone number in its national form: spaces, ASCII hyphens, dots and parentheses out; a leading +44 or 0044 to
 * 0, and 00 so made to 0. Not validated.
 *
 * - Nulls: stay null. A text of nothing but punctuation becomes empty, not null.
 * @example ukPhone of "+44 (0)20 7946-0018" gives "02079460018"
 */
export const ukPhone = textToText((phone) =>
  replaceMatches(replaceMatches(phone, `(?:${JS_SPACE_CLASS}|[-.()])+`, '', 'all'), '^(?:\\+44|0044)0?', '0'),
);

/** A number that is in its national form as it stands; null for any other text, valid or not. For `asWritten`. */
export const plainPhone = textToText((raw) => when(matches(raw, '^0[1-9][0-9]{9}$'), raw).orNull());
