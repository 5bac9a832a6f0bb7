import type { CrmFields } from './people.ts';
import { nowAndThen, type Random } from './random.ts';

/** How a clean value is spoilt: the value, to the text that is written. */
export type Spoil = (value: string) => string;

/** A spoilt field, about one record in `gap`; the cards are dealt in turn. */
export interface Dirt {
  readonly field: keyof CrmFields;
  readonly gap: number;
  readonly cards: readonly Spoil[];
}

/**
 * Spoils fields of records now and then, as a list of kinds of dirt says.
 *
 * - A record that nothing befalls is returned as it is.
 *
 * @example const spoil = spoiler(random, CRM_DIRT); spoil(record)
 */
export function spoiler(random: Random, kinds: readonly Dirt[]): (record: CrmFields) => CrmFields {
  const dealers = kinds.map(({ field, gap, cards }) => ({ field, deal: nowAndThen(random, gap, cards) }));
  return (record) => {
    let spoilt = record;
    for (const { field, deal } of dealers) {
      const card = deal();
      if (card !== undefined) spoilt = { ...spoilt, [field]: card(record[field]) };
    }
    return spoilt;
  };
}

/** Dates that no calendar or none of the four forms knows. */
export const IMPOSSIBLE_DATES: readonly string[] = [
  '2023-02-29',
  '31/04/2024',
  '2024-13-01',
  '0000-06-15',
  '15/06/0000',
  '2024-1-5',
  '05/01/24',
  '2024/01-05',
  '2024-03-09T10:00:00Z',
  'yesterday',
  '20240309',
  '1900-02-29',
  '00-00-2024',
  '2024.03.09',
  '٢٠٢٤-٠٣-٠٩',
  'N/A',
  '0',
];

/** Texts that are blank once trimmed. */
export const BLANKS: readonly string[] = ['', '   ', '\u00a0', '\t', '\u3000 \ufeff'];

const as = (...texts: readonly string[]): readonly Spoil[] => texts.map((text) => () => text);
const upper: Spoil = (value) => value.toUpperCase();
const lower: Spoil = (value) => value.toLowerCase();
const padded: Spoil = (value) => `  ${value}\t`;
const noBreak: Spoil = (value) => `\u00a0${value}\u00a0`;
const mailbox: Spoil = (value) => value.slice(0, value.indexOf('@'));
const domain: Spoil = (value) => value.slice(value.indexOf('@') + 1);

const ODD_FIRST_NAMES = as(
  'anne-marie',
  'JEAN  PAUL',
  'Mary\u00a0\tJane',
  '"bob"',
  '(john)',
  'İPEK',
  'ΝΊΚΟΣ',
  'd’arcy',
  'élodie',
  'jo',
  'zoë-ANNE',
  'John, Jr',
  'unknown',
  ' Unknown ',
  'null',
);
const ODD_LAST_NAMES = as(
  'O’BRIEN',
  "o'neil",
  "d'Arcy-o'connor",
  'SMITH-JONES',
  'straße',
  'ßen',
  'ΑΝΔΡΈΟΥ ΣΟΦΌΣ',
  'van der berg',
  'MacDonald',
  '(née) hill',
  'Unknown',
  "'t hooft",
  'ŁUKASIK',
  'Brown "Junior"',
);
const ODD_COMPANIES = as(
  'Ash, Oak & Sons',
  'The "Green" Grocer',
  'Mill\nRace Ltd',
  'Quay\r\nSide, "North" Wing',
  '  Wren \u00a0 Holdings  ',
  '\u00a0',
  'N/A',
  'Two\n\nLines Ltd',
  '""',
  'Ten, Eleven\n',
);

/** What befalls the fields of a CRM record that is accepted all the same. */
export const CRM_DIRT: readonly Dirt[] = [
  { field: 'customer_id', gap: 40, cards: [(id) => `000${id}`, padded, noBreak, (id) => `0${id}`] },
  { field: 'first_name', gap: 160, cards: as(...BLANKS) },
  { field: 'first_name', gap: 40, cards: ODD_FIRST_NAMES },
  { field: 'first_name', gap: 25, cards: [upper, lower, padded, noBreak] },
  { field: 'last_name', gap: 170, cards: as(...BLANKS) },
  { field: 'last_name', gap: 40, cards: ODD_LAST_NAMES },
  { field: 'last_name', gap: 25, cards: [upper, lower, padded, noBreak] },
  { field: 'email', gap: 70, cards: as(...BLANKS) },
  { field: 'email', gap: 20, cards: [upper, padded, noBreak, (value) => value.replace('.', '+news.'), (value) => `o'${value}`] },
  {
    field: 'email',
    gap: 55,
    cards: [
      mailbox,
      (value) => `@${domain(value)}`,
      (value) => value.replace('@', '@@'),
      (value) => `${mailbox(value)}@old.example@${domain(value)}`,
      (value) => `.${value}`,
      (value) => value.replace('@', '.@'),
      (value) => `two..dots@${domain(value)}`,
      (value) => `two words@${domain(value)}`,
      (value) => `${mailbox(value)}@localhost`,
      (value) => `jo’${value}`,
      (value) => `mailto:${value}`,
      () => 'n/a',
      () => 'post@münchen.example',
      (value) => `${value}.`,
    ],
  },
  { field: 'phone', gap: 45, cards: as(...BLANKS) },
  {
    field: 'phone',
    gap: 60,
    cards: as(
      '07700 90012',
      '07700 9001234',
      '+1 202 555 0123',
      'n/a',
      '--',
      '( . )',
      '+44',
      '0770O 900123',
      '07700–900–123',
      '٠٧٧٠٠٩٠٠١٢٣',
      '7700900123',
      '07700 900123 x4',
      '044 7700 900123',
      '+4 47700 900123',
    ),
  },
  {
    field: 'phone',
    gap: 30,
    cards: as(
      '07700\u00a0900\u00a0456',
      '+44-7700-900-457',
      '+44(0)7700.900.458',
      '0044 (0) 7700 900459',
      '(07700)900460',
      '+ 44 7700 900461',
      '0\t7700 900462',
      '+44 07700 900463',
    ),
  },
  { field: 'postcode', gap: 60, cards: as(...BLANKS) },
  {
    field: 'postcode',
    gap: 75,
    cards: as('QA1 1AA', 'LS1 1AC', 'SW1A', '12345', 'M1 1A', 'M1A1 1AA', 'EC1C 1AA', 'W1Q 1AA', 'LS1-4AP', 'N/A', 'A1 1AA 1', 'SW1A1AAA'),
  },
  { field: 'postcode', gap: 90, cards: as('GIR 0AA', 'gir0aa', 'w1a 1aa', 'E C 1 A 1 B B', '\u00a0SW1A\u00a01AA', 'm1\t1ae', 'ZZ9 9ZZ', 'LD8 2AA') },
  { field: 'company', gap: 60, cards: ODD_COMPANIES },
  { field: 'registration_date', gap: 110, cards: as(...BLANKS) },
  { field: 'registration_date', gap: 70, cards: as(...IMPOSSIBLE_DATES) },
  {
    field: 'registration_date',
    gap: 90,
    cards: as('2024-02-29', '29/02/2020', '2000-02-29', ' 31-12-2025 ', '2026-01-01', '\u00a02026/01/02', '0001-01-01'),
  },
  { field: 'status', gap: 180, cards: as(...BLANKS) },
  { field: 'status', gap: 110, cards: as('unknown', 'closed', 'ACTIVE!', 'N/A', 'actıve', 'Unknown', 'pending', 'on hold') },
  { field: 'status', gap: 30, cards: [upper, padded, (value) => value.charAt(0).toUpperCase() + value.slice(1), noBreak] },
];
