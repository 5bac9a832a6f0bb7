import { collapseSpace, textToText, titleCase } from '../frame/index.ts';

/**
 * A person's name as it is written: inner white space to one space, lower case, then the first letter of each word in
 * upper case. A word begins at the start or after a space, a hyphen or an apostrophe.
 *
 * - Nulls: stay null.
 * @example personName of "anne-MARIE  o'neil" gives "Anne-Marie O'Neil"
 */
export const personName = textToText((name) => titleCase(collapseSpace(name)));
