import type { ColumnType } from './document.ts';
import type { Facts } from './facts.ts';
import { YES_OR_NO } from './forms.ts';

/** The share of the texts that must be of a type for the column to be of it. */
const MOST = 0.8;
/** Numbers of which more begin with a zero are codes. */
const MOST_ZERO_LED = 0.1;
/** The most words of a code list, and the least share of the records that a word of it has. */
const MOST_CODES = 30;
const LEAST_CODE_SHARE = 0.005;
const LONGEST_CODE = 60;
/** Reference numbers of which some come often are no list: more of them than this share are not among the common ones. */
const MOST_BESIDE = 0.01;

/** A type, and of a code list its words. */
export interface Typed {
  readonly type: ColumnType;
  readonly words: readonly string[];
}

/** What the texts of a column are: the first type, from the narrowest on, that four in five are of. */
export function columnType({ present, passing, lengths, words }: Facts): Typed {
  if (present === 0) return { type: 'nothing', words: [] };
  const count = (...tests: readonly string[]) => tests.reduce((sum, name) => sum + (passing[name] ?? 0), 0);
  const most = (...tests: readonly string[]) => count(...tests) >= MOST * present;
  const dates = Object.keys(passing).filter((name) => name.includes('YYYY'));
  const plain = (type: ColumnType): Typed => ({ type, words: [] });
  // 0 and 1 among other numbers are numbers
  if (most('yesOrNo') && words.length > 1 && count('whole') <= count('yesOrNo'))
    return { type: 'yes or no', words: words.flatMap(({ word }) => (YES_OR_NO.includes(word) ? [word] : [])) };
  if (most('email')) return plain('e-mail');
  if (most('postcode')) return plain('UK postcode');
  if (most('phone')) return plain('UK phone');
  if (most('stamp', ...dates)) return plain(count('stamp') > count(...dates) ? 'time stamp' : 'date');
  if (most('whole', 'decimal') && count('zeroLed') <= MOST_ZERO_LED * present)
    return plain(count('decimal') > 0 ? decimalOrWhole(passing) : 'whole number');
  const codes = codeWords(present, words, most('code'));
  const isSentences = count('sentence') > present / 4;
  if (codes && !isSentences && (lengths?.mean ?? 0) <= LONGEST_CODE) return { type: 'code list', words: codes };
  if (most('code')) return plain('code');
  return plain(isSentences ? 'free text' : 'text');
}

/** A few decimals among whole numbers are faults of theirs. */
const decimalOrWhole = (passing: Facts['passing']): ColumnType =>
  (passing['decimal'] ?? 0) > 0.02 * (passing['whole'] ?? 0) ? 'decimal' : 'whole number';

/** The words of a code list: each common, all but a few records among them, and far fewer than the records. */
function codeWords(present: number, words: Facts['words'], areNumbered: boolean): readonly string[] | null {
  const least = Math.max(2, LEAST_CODE_SHARE * present);
  const common = words.filter(({ count }) => count >= least);
  const covered = common.reduce((sum, { count }) => sum + count, 0);
  const leastCovered = areNumbered ? 1 - MOST_BESIDE : MOST;
  if (common.length === 0 || common.length > MOST_CODES || common.length * 3 > present || covered < leastCovered * present) return null;
  return common.map(({ word }) => word);
}
