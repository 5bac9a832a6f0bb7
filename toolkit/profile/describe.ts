import type { MalformedReason } from '../source/index.ts';
import { type ColumnProfile, type FileProfile, isPersonal, type Range, type Reference } from './document.ts';
import { count, counted, percent } from './words.ts';

/** What is said of something: a word or two, and the text. */
export type Said = readonly [label: string, text: string];

const REASONS: Readonly<Record<MalformedReason, string>> = {
  width: 'another number of fields than the header',
  'text-after-quote': 'text behind a closing quote',
  'quote-in-field': 'a quote inside an unquoted field',
  nul: 'a NUL character',
  'too-long': 'longer than a record may be',
  'swallows-record': 'a quote that swallows a whole record',
  'open-quote': 'a quote that does not close',
  'several-records': 'more than one record',
  'not-json': 'no JSON',
  'not-object': 'JSON, but no object',
  'lone-surrogate': 'half of a character',
};

const missing = ({ nulls, empties }: ColumnProfile): number => nulls + empties;
const rowsOf = (column: ColumnProfile): number => column.fits + column.unfit + missing(column);

/** One line for a table: type, share that fits, missing, distinct, personal. */
export const summaryOf = (column: ColumnProfile): readonly [type: string, fits: string, missing: string, distinct: string, personal: string] => [
  column.type,
  column.type === 'nothing' ? '' : percent(column.fits, column.fits + column.unfit),
  percent(missing(column), rowsOf(column)),
  `${column.isDistinctExact ? '' : 'about '}${count(column.distinct)}`,
  column.personal && isPersonal(column) ? `${column.personal.class} ${Math.round(column.personal.confidence * 100)} %` : '',
];

/** Everything that is known of a column, in words. */
export function describeColumn(column: ColumnProfile): Said[] {
  const { type, fits, unfit, range, lengths, personal } = column;
  const present = fits + unfit;
  return [
    [
      'type',
      present === 0
        ? 'nothing, as there is no text'
        : unfit === 0
          ? `${type}, every text`
          : `${type}: ${count(fits)} fit (${percent(fits, present)}), ${count(unfit)} ${unfit === 1 ? 'does' : 'do'} not`,
    ],
    [
      'missing',
      missing(column) === 0
        ? 'none'
        : `${count(missing(column))} (${percent(missing(column), rowsOf(column))}): ${count(column.nulls)} null, ${count(column.empties)} empty`,
    ],
    ['different', `${column.isDistinctExact ? '' : 'about '}${counted(column.distinct, 'value')}${sharedBy(column)}`],
    ...said('range', range && rangeText(range)),
    ...said(
      'outliers',
      column.outliers === null
        ? null
        : `${column.outliers === 0 ? 'none' : `${count(column.outliers)} (${percent(column.outliers, fits)})`} beyond one and a half times the distance of the quartiles`,
    ),
    ...said('length', lengths && lengthText(lengths)),
    ...said('forms', column.dateForms.map(({ form, count: n }) => `${form} ${count(n)}`).join(', ')),
    ...said('values', column.values.map(({ value, count: n }) => `${value} ${count(n)}`).join(', ')),
    ...said('patterns', patternText(column)),
    ...said('do not fit', unfitText(column)),
    ...said('spaces', column.padded === 0 ? null : `${count(column.padded)} with white space around the text`),
    ...said('personal', personal && `${personal.class}, ${Math.round(personal.confidence * 100)} % sure. ${personal.reason}`),
    ...column.notes.map((note): Said => ['note', note]),
  ];
}

const said = (label: string, text: string | null): Said[] => (text ? [[label, text]] : []);
const sharedBy = ({ distinct, isDistinctExact, fits, unfit }: ColumnProfile): string =>
  isDistinctExact && distinct > 1 && distinct === fits + unfit ? ', no two alike' : '';
const shown = (value: number | string): string => {
  if (typeof value === 'string') return value;
  // four places behind the point would make a 0 of what is far below 1
  return Math.abs(value) < 1 ? value.toLocaleString('en-GB', { maximumSignificantDigits: 4 }) : count(value);
};
const rangeText = ({ least, lowerQuartile, median, upperQuartile, greatest, isExact }: Range): string =>
  least === greatest
    ? `${shown(least)} throughout`
    : `${shown(least)} to ${shown(greatest)}; half lie between ${isExact ? '' : 'about '}${shown(lowerQuartile)} and ${shown(upperQuartile)}, the median is ${shown(median)}`;
const lengthText = ({ least, greatest, mean }: NonNullable<ColumnProfile['lengths']>): string =>
  least === greatest ? counted(least, 'character') : `${count(least)} to ${counted(greatest, 'character')}, ${count(mean)} on average`;

/** So many fit on a line or two. */
const MOST_PATTERNS = 4;

/** A pattern between marks, as it may hold spaces. */
const quoted = (pattern: string): string => `“${pattern}”`;

function patternText({ type, patterns, morePatterns }: ColumnProfile): string {
  // how sentences look says nothing of them
  if (type === 'free text') return '';
  const fitting = patterns.filter(({ fits }) => fits > 0);
  const common = fitting.slice(0, MOST_PATTERNS);
  const more = morePatterns + fitting.length - common.length;
  const list = common.map(({ pattern, count: n }) => `${quoted(pattern)} ${count(n)}`).join(', ');
  return more > 0 && common.length > 0 ? `${list} and ${counted(more, 'other')}` : list;
}

function unfitText({ patterns }: ColumnProfile): string {
  const bad = patterns.flatMap(({ pattern, count: n, fits }) => (n > fits ? [{ pattern, n: n - fits }] : []));
  return bad.map(({ pattern, n }) => `${quoted(pattern)} ${count(n)}`).join(', ');
}

/** What is said of a file as a whole. */
export function describeFile({ rows, columns, malformed, keys, alternatives, notes }: FileProfile): Said[] {
  return [
    ['records', `${count(rows)} in ${counted(columns.length, 'column')}`],
    ...said('malformed', malformed.count === 0 ? null : malformedText(malformed)),
    ...said('key', rows < 2 ? null : keys.length === 0 ? 'no column or pair of columns tells the records apart' : keys.map(keyText).join('; ')),
    ...alternatives.map((names): Said => ['two names', `${names.join(' and ')}: a record has one or the other`]),
    ...said(
      'personal',
      columns
        .filter(isPersonal)
        .map(({ name }) => name)
        .join(', '),
    ),
    ...notes.map((note): Said => ['note', note]),
  ];
}

function malformedText({ count: n, first }: FileProfile['malformed']): string {
  const places = first.map(({ line, reason }) => `line ${count(line)} (${REASONS[reason]})`);
  return `${count(n)} could not be read: ${places.join(', ')}${n > first.length ? ' and others' : ''}`;
}

const keyText = ({ columns, duplicates, missing: without }: FileProfile['keys'][number]): string => {
  const faults = [
    ...(duplicates > 0 ? [counted(duplicates, 'duplicate')] : []),
    ...(without > 0 ? [`${counted(without, 'record')} without it`] : []),
  ];
  return `${columns.join(' with ')} ${faults.length === 0 ? 'is unique' : `is nearly unique: ${faults.join(', ')}`}`;
};

/** One reference in words. */
export const describeReference = ({ from, to, present, found }: Reference): string =>
  `${from.column} of ${from.file} refers to ${to.column} of ${to.file}: ${count(found)} of ${count(present)} found (${percent(found, present)})`;
