import type { Text } from '../contract/index.ts';
import { and, beforeFirst, type Expr, isNotNull, lower, matches, oneOf, or, type Truth } from '../frame/index.ts';
import { compactPostcode, UK_PHONE, UK_POSTCODE, ukPhone } from '../transform/index.ts';
import { DATE_FORMS, isDate, isDayFirst, stampOf } from './dates.ts';
import type { ColumnType } from './document.ts';
import { GIVEN_NAMES } from './given-names.ts';

/** Words for yes or no, in lower case. */
export const YES_OR_NO: readonly string[] = ['y', 'n', 'yes', 'no', 'true', 'false', 't', 'f', '0', '1', 'on', 'off'];
const EMAIL_INSIDE = '[^\\s@<>(),;]+@[^\\s@<>(),;]+[.][A-Za-z]{2,}';
const POSTCODE_INSIDE = '\\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}\\b';
const PHONE_INSIDE = '(?:[+]44|\\b0)(?:[ -]?[0-9]){9,10}\\b';

const test =
  (pattern: string) =>
  (text: Text): Expr<Truth> =>
    matches(text, pattern);
const isWhole = test('^[+-]?[0-9]{1,15}$');
const isDecimal = test('^[+-]?[0-9]{0,15}[.][0-9]+$');

/** What is asked of every different text of a column. */
export const TESTS = {
  whole: isWhole,
  zeroLed: test('^[+-]?0[0-9]+$'),
  decimal: isDecimal,
  money: test('^[0-9]{1,10}(?:[.][0-9]{1,2})?$'),
  pence: test('[.][0-9]{2}$'),
  yesOrNo: (text) => oneOf(lower(text), YES_OR_NO),
  stamp: (text) => isNotNull(stampOf(text)),
  zoned: test('T?[0-9]{2}:[0-9]{2}.*(?:Z|[+-][0-9]{2}:?[0-9]{2})$'),
  utc: test('[0-9](?:Z|[+-]00:?00)$'),
  json: test('^(?:\\[.*\\]|\\{.*\\})$'),
  dayFirst: isDayFirst,
  email: test(`^${EMAIL_INSIDE}$`),
  phone: (text) => matches(ukPhone(text), UK_PHONE.source),
  postcode: (text) => matches(compactPostcode(text), UK_POSTCODE.source),
  code: (text) => and(matches(text, '^[A-Za-z0-9][A-Za-z0-9._/#-]{0,39}$'), matches(text, '[0-9]')),
  spaced: test('\\s'),
  sentence: test('(?:\\S+\\s+){4}\\S'),
  capitalised: test("^\\p{Lu}[\\p{L}'’.-]*(?: \\p{Lu}[\\p{L}'’.-]*){0,3}$"),
  givenName: (text) => oneOf(lower(beforeFirst(text, ' ')), GIVEN_NAMES),
  holdsContact: test(`${EMAIL_INSIDE}|${POSTCODE_INSIDE}|${PHONE_INSIDE}`),
  ipAddress: test('^(?:[0-9]{1,3}[.]){3}[0-9]{1,3}$'),
  insuranceNumber: test('^[A-CEGHJ-PR-TW-Z]{2} ?(?:[0-9]{2} ?){3}[A-D]$'),
  ...(Object.fromEntries(Object.entries(DATE_FORMS).map(([form, read]) => [form, (text: Text) => isNotNull(read(text))])) as Record<
    string,
    (text: Text) => Expr<Truth>
  >),
} satisfies Record<string, (text: Text) => Expr<Truth>>;

/** Whether a text is one that must not be shown whatever its column is. */
export const looksPersonal = (text: Text): Expr<Truth> => or(TESTS.holdsContact(text), TESTS.insuranceNumber(text), TESTS.phone(text));

/** Whether a text is of a type; `words` are those of a code list. */
export function fitsType(type: ColumnType, words: readonly string[], text: Text): Expr<Truth> {
  switch (type) {
    case 'yes or no':
      return TESTS.yesOrNo(text);
    case 'whole number':
      return isWhole(text);
    case 'decimal':
      return or(isWhole(text), isDecimal(text));
    case 'date':
      return isDate(text);
    case 'time stamp':
      return or(TESTS.stamp(text), isDate(text));
    case 'e-mail':
      return TESTS.email(text);
    case 'UK phone':
      return TESTS.phone(text);
    case 'UK postcode':
      return TESTS.postcode(text);
    case 'code list':
      return oneOf(lower(text), words);
    case 'code':
      return TESTS.code(text);
    case 'nothing':
    case 'text':
    case 'free text':
      return isNotNull(text);
    default:
      throw type satisfies never;
  }
}
