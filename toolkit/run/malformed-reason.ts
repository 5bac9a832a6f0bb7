import type { Malformed } from '../source/index.ts';

/** What is wrong with a record that could not be read, in plain words and without its text. */
export function malformedReason({ reason, fields }: Pick<Malformed, 'reason' | 'fields'>): string {
  switch (reason) {
    case 'width':
      return `The record has ${fields === 1 ? '1 field' : `${fields ?? 'another number of'} fields`}, which is not what the header has.`;
    case 'text-after-quote':
      return 'A closing quote is followed by more text.';
    case 'quote-in-field':
      return 'A quote stands inside a field that does not begin with one.';
    case 'nul':
      return 'The record holds a NUL character.';
    case 'too-long':
      return 'The record is longer than "limits.record" allows.';
    case 'swallows-record':
      return 'The record runs over a line that is a whole record by itself: a quote was lost.';
    case 'open-quote':
      return 'A quote that opens in the correction never closes.';
    case 'several-records':
      return 'The correction holds more than one record.';
    case 'not-json':
      return 'The line is no JSON.';
    case 'not-object':
      return 'The value is no JSON object.';
    case 'lone-surrogate':
      return 'A text holds half of a surrogate pair, which is no character.';
    default:
      return reason satisfies never;
  }
}
