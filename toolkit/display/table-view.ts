import type { PersonalTag } from '../frame/index.ts';
import { guessedMask, maskForms } from './looks-personal.ts';
import { maskValue } from './mask-value.ts';

/** A column as it is shown. */
export interface ViewColumn {
  readonly name: string;
  readonly type: string;
  readonly isMasked: boolean;
}

/** What is shown of a table: texts ready to be laid out, personal ones masked; null is a null. */
export interface TableView {
  readonly columns: readonly ViewColumn[];
  readonly first: readonly (readonly (string | null)[])[];
  readonly last: readonly (readonly (string | null)[])[];
  /** Rows of the whole table. */
  readonly count: number;
  /** Records of its file that could not be read. */
  readonly malformed: number;
  /** Whether columns are masked for their names, as no contract has spoken. */
  readonly isGuessed: boolean;
  /** Shown values of other columns that look personal and are masked. */
  readonly maskedValues: number;
}

/** How a table is shown. */
export interface ShowOptions {
  /** Rows from the beginning. Default: 10. */
  readonly first?: number;
  /** Rows from the end. Default: 5. */
  readonly last?: number;
  /** Shows what is, or looks, personal as it is: everything, or in the columns named. Default: nothing. */
  readonly personal?: boolean | readonly string[];
}

/** A table whose cells are texts, before masking. */
export interface Cells extends Omit<TableView, 'columns' | 'isGuessed' | 'maskedValues'> {
  readonly columns: readonly { readonly name: string; readonly type: string; readonly personal: PersonalTag | null }[];
}

const MOST_CHARACTERS = 60;
/** What would end a line, move the cursor or turn the direction of writing. */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text on one line, with nothing invisible in it, and not longer than a cell. */
export function cellText(text: string): string {
  const plain = text.replace(INVISIBLE, (at) => NAMED[at] ?? `\\u${at.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const characters = [...plain];
  return characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…` : plain;
}

const LONG_FRACTION = /^-?\d+\.\d{7,}$/;
/** A number whose fraction runs on, as a mean's does, to six decimals, below one to six digits; the value itself is not touched. */
function numberText(text: string): string {
  if (!LONG_FRACTION.test(text)) return text;
  const value = Number(text);
  return String(Number(Math.abs(value) < 1 ? value.toPrecision(6) : value.toFixed(6)));
}

/**
 * Masks what is personal and not asked for, and makes every cell fit to be shown. Where no contract has spoken of any column, names are taken
 * for what they say; an e-mail address, a UK phone number or postcode is masked wherever it stands.
 */
export function viewOf({ columns, first, last, count, malformed }: Cells, { personal = false }: ShowOptions): TableView {
  const isGuessed = columns.every((column) => column.personal === null);
  const isAsked = columns.map(({ name }) => (typeof personal === 'boolean' ? personal : personal.includes(name)));
  const masks = columns.map((column, i) => (isAsked[i] ? null : isGuessed ? guessedMask(column.name, column.type) : (column.personal?.mask ?? null)));
  let maskedValues = 0;
  const shown = (row: readonly (string | null)[]) =>
    row.map((cell, i) => {
      if (cell === null) return null;
      const mask = masks[i];
      if (mask) return cellText(maskValue(cell, mask));
      const safe = isAsked[i] ? cell : maskForms(cell);
      maskedValues += Number(safe !== cell);
      return cellText(columns[i]?.type === 'number' ? numberText(safe) : safe);
    });
  return {
    columns: columns.map(({ name, type }, i) => ({ name: cellText(name), type, isMasked: masks[i] !== null })),
    first: first.map(shown),
    last: last.map(shown),
    count,
    malformed,
    isGuessed,
    maskedValues,
  };
}

/** Whether a type's values stand to the right, digit under digit. */
export const isNumeric = (type: string): boolean => /^(?:integer|number|decimal)/.test(type);

const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
const counted = (n: number, one: string): string => `${grouped(n)} ${n === 1 ? one : `${one}s`}`;

/** What the line between the first and the last rows says; null where nothing is left out. */
export function gapOf({ first, last, count }: TableView): string | null {
  const left = count - first.length - last.length;
  return left > 0 ? `… ${grouped(left)} more ${left === 1 ? 'row' : 'rows'}` : null;
}

/** What stands under a table: its size, what of its file is not in it, and what is masked. */
export function footOf(view: TableView): string {
  const { columns, count, malformed } = view;
  return [
    `${counted(count, 'row')} × ${counted(columns.length, 'column')}`,
    ...(malformed > 0
      ? [`${counted(malformed, 'record')} of the file could not be read, extract.malformed has ${malformed === 1 ? 'it' : 'them'}`]
      : []),
    ...maskedIn(view),
  ].join('; ');
}

function maskedIn({ columns, isGuessed, maskedValues }: TableView): string[] {
  const masked = columns.filter((column) => column.isMasked).length;
  const what = [
    ...(masked > 0 ? [`${counted(masked, 'column')} ${isGuessed ? 'named like' : 'of'} personal data`] : []),
    ...(maskedValues > 0 ? [`${counted(maskedValues, 'value')} that ${maskedValues === 1 ? 'looks' : 'look'} personal`] : []),
  ];
  if (what.length === 0) return [];
  return [`${what.join(' and ')} masked, show(…, { personal: true }) shows ${masked + maskedValues === 1 ? 'it' : 'them'}`];
}
