import { wordsOfName } from '../../frame/index.ts';
import { type ColumnProfile, isPersonal } from '../document.ts';
import { type Call, quotedText, regexOf } from './source-text.ts';

/** What a field is to its contract. */
export interface FieldRole {
  readonly isKey: boolean;
  readonly isReference: boolean;
  /** The columns it is read from, where that is not the one of its own name; empty otherwise. */
  readonly from: readonly string[];
  /** Records that have none of them. */
  readonly missing: number;
}

/** Beyond this share of missing values a field is proposed as one that may be empty. */
const OFTEN_MISSING = 0.05;
/** The forms that the kind `date` reads. */
const DATE_KIND: ReadonlySet<string> = new Set(['YYYY-MM-DD', 'YYYY/MM/DD', 'DD-MM-YYYY', 'DD/MM/YYYY']);
const WHOLE = '/^[+-]?[0-9]+$/';
const NUMBER = '/^[+-]?(?:[0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)$/';
const STAMP = '/^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}/';

const titleOf = (name: string): string => {
  const words = wordsOfName(name) || name.trim() || 'Without a name';
  return words.charAt(0).toUpperCase() + words.slice(1);
};
const rowsOf = ({ nulls, empties, fits, unfit }: ColumnProfile): number => nulls + empties + fits + unfit;
const regexRule = (pattern: string): string => `{ invalid: z.string().regex(${pattern}) }`;

/** The call that states a column as a field of a contract. */
export function fieldSource(column: ColumnProfile, role: FieldRole): Call {
  const call = kindOf(column, role);
  const { personal } = column;
  const common: [string, string][] = [
    ['title', quotedText(titleOf(column.name))],
    ...(role.from.length === 0 ? [] : ([['from', `[${role.from.map(quotedText).join(', ')}]`]] as [string, string][])),
    ...(personal && isPersonal(column)
      ? ([
          ['personal', quotedText(personal.class)],
          ['mask', quotedText(maskOf(column))],
        ] as [string, string][])
      : []),
  ];
  return { ...call, options: [...common, ...call.options] };
}

const maskOf = ({ type, personal }: ColumnProfile): string =>
  type === 'e-mail' ? 'email' : type === 'UK phone' ? 'phone' : personal?.class === 'name' ? 'initial' : 'all';

function kindOf(column: ColumnProfile, role: FieldRole): Call {
  const mayMiss = role.missing > OFTEN_MISSING * rowsOf(column) && !role.isKey;
  const text = (uses: readonly string[], ...options: [string, string][]): Call => ({
    kind: 'text',
    uses,
    options: [...options, ...(mayMiss ? ([['required', 'false']] as [string, string][]) : [])],
    rules: (mayMiss ? 0 : 1) + (options.some(([name]) => name === 'rules') ? 1 : 0),
  });
  const kind = (name: string, rules: number, ...options: [string, string][]): Call => ({ kind: name, uses: [], options, rules });
  switch (column.type) {
    case 'whole number':
      return isId(column, role)
        ? kind('id', 2, ...(mayMiss ? ([['severity', "{ missing: 'warn' }"]] as [string, string][]) : []))
        : text([], ['rules', regexRule(WHOLE)]);
    case 'decimal':
      if (degreesOf(column)) return kind('degrees', 1, ['limit', String(degreesOf(column))]);
      return column.isMoney && !mayMiss ? kind('amount', 3) : text([], ['rules', regexRule(NUMBER)]);
    case 'date':
      return column.dateForms.every(({ form }) => DATE_KIND.has(form)) ? kind('date', 2) : text([]);
    case 'time stamp':
      return text([], ['rules', regexRule(STAMP)]);
    case 'e-mail':
      return text(['lower'], ['clean', 'lower'], ['rules', '{ invalid: z.email() }']);
    case 'UK phone':
      return text(['ukPhone', 'UK_PHONE'], ['clean', 'ukPhone'], ['rules', regexRule('UK_PHONE')]);
    case 'UK postcode':
      return text(
        ['compactPostcode', 'UK_POSTCODE', 'spacedPostcode'],
        ['clean', 'compactPostcode'],
        ['rules', regexRule('UK_POSTCODE')],
        ['keep', 'spacedPostcode'],
      );
    case 'yes or no':
    case 'code list':
      return column.words.length === 0 || role.isKey
        ? text([], ['repeats', 'true'])
        : kind('word', 2, ['words', `[${column.words.map(quotedText).join(', ')}]`], ['otherwise', quotedText('unknown')]);
    case 'code':
      return text([], ['rules', regexRule(regexOf(column))]);
    case 'text':
      return column.personal?.class === 'name' && isPersonal(column)
        ? text(['personName'], ['clean', 'personName'], ['repeats', 'true'])
        : text(['collapseSpace'], ['clean', 'collapseSpace']);
    case 'free text':
    case 'nothing':
      return text([]);
    default:
      throw column.type satisfies never;
  }
}

/** A number of something, from 1 on: a key, what refers to one, or a number of a person; not a quantity. */
const isId = ({ name, personal, range }: ColumnProfile, { isKey, isReference }: FieldRole): boolean =>
  Number(range?.least ?? 1) >= 1 &&
  (isKey || isReference || personal?.class === 'identifier' || /\b(id|ref|reference|number|no|nr|key)$/.test(wordsOfName(name)));

/** The limit of degrees that a column's name and range speak for; null where they do not. */
function degreesOf({ name, unfit }: ColumnProfile): 90 | 180 | null {
  const words = wordsOfName(name);
  if (unfit > 0) return null;
  return /\b(latitude|lat)\b/.test(words) ? 90 : /\b(longitude|lon|lng)\b/.test(words) ? 180 : null;
}
