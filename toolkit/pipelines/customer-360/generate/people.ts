import { COMPANIES } from './companies.ts';
import { outcodes } from './lookups.ts';
import type { Random } from './random.ts';
import { dateWithin, inSomeForm, padded } from './text.ts';

/** One record of `crm.csv` before it is written: every field as text, as the export would hold it. */
export interface CrmFields {
  readonly customer_id: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly phone: string;
  readonly postcode: string;
  readonly company: string;
  readonly registration_date: string;
  readonly status: string;
}

/** The first customer's number; the others follow without a gap. */
export const FIRST_CUSTOMER = 10001;

const FIRST_NAMES = (
  'Aaron Abigail Adam Aisha Alan Alexander Alice Amelia Amir Amy Andrew Angela Anna Anthony Arjun Ava Beatrice Ben Bethany Brian Callum ' +
  'Carol Catherine Charlotte Chloe Christopher Claire Daniel David Deborah Diane Dylan Edward Eleanor Elizabeth Emily Emma Erin Esther Ethan Evie Faith ' +
  'Fatima Fiona Freya George Grace Graham Hannah Harry Heather Helen Henry Holly Ian Imran Isaac Isla Jack Jacob James Jane Jasmine Joanna John Joseph ' +
  'Joshua Julia Karen Katie Keith Kiran Laura Leah Leo Lewis Lily Linda Louise Lucy Luke Mandeep Margaret Maria Mark Martin Mary Matthew Megan Mia Michael ' +
  'Mohammed Molly Nadia Naomi Nathan Neil Niamh Nicola Noah Nora Oliver Olivia Oscar Patricia Paul Peter Philip Poppy Priya Rachel Rebecca Rhys Richard ' +
  'Robert Rosie Ruth Ryan Sally Samuel Sandra Sarah Sean Sian Simon Sofia Sophie Stephen Susan Tariq Thomas Tim Toby Una Victoria Wendy William Yasmin Zara Zoe'
).split(' ');
const LAST_NAMES = (
  'Adams Ahmed Ali Allen Anderson Armstrong Atkinson Bailey Baker Barker Barnes Begum Bell Bennett Berry Booth Bradley Brooks Brown Burton Butler ' +
  'Campbell Carr Carter Chambers Chapman Clark Cole Collins Cook Cooper Cox Craig Cunningham Davies Davis Dawson Dean Dixon Edwards Ellis Evans Fisher Fletcher ' +
  'Ford Foster Fox Fraser Gardner George Gibson Gill Gordon Graham Grant Gray Green Griffiths Hall Hamilton Harris Harrison Hart Harvey Hill Holmes Hudson Hughes ' +
  'Hunt Hunter Hussain Jackson James Jenkins Johnson Johnston Jones Kaur Kelly Kennedy Khan King Knight Lane Lawson Lee Lewis Lloyd Macdonald Marshall Martin ' +
  'Mason Matthews Miller Mills Mitchell Moore Morgan Morris Murphy Murray Newton Owen Palmer Parker Patel Pearce Phillips Poole Powell Price Reid Reynolds ' +
  'Richards Richardson Roberts Robertson Robinson Rogers Rose Ross Russell Ryan Saunders Scott Shah Shaw Simpson Singh Smith Spencer Stevens Stewart Stone ' +
  'Taylor Thomas Thompson Turner Walker Wallace Walsh Ward Watson Watts Webb Wells West White Wilkinson Williams Wilson Wood Wright Young'
).split(' ');
const MAILBOXES = ['example.com', 'example.org', 'example.net', 'mail.example', 'post.example', 'inbox.test'];
const OTHER_FIRMS = [
  ['Pebble & Co', 'pebble-and-co.example'],
  ['Wren Consulting', 'wren-consulting.test'],
  ['Teasel Trading', 'teasel-trading.example'],
] as const;
/** Numbers that Ofcom sets aside for drama: the digits after the leading 0 and how many are free to choose. */
const DRAMA = [
  ['7700900', 3],
  ['7700900', 3],
  ['7700900', 3],
  ['2079460', 3],
  ['1632960', 3],
  ['1614960', 3],
  ['1134960', 3],
  ['1214960', 3],
  ['1174960', 3],
  ['1414960', 3],
  ['1314960', 3],
  ['2920180', 3],
  ['1914980', 3],
  ['3069990', 3],
] as const;
const INCODE_LETTERS = 'ABDEFGHJLNPQRSTUWXYZ';
const STATUSES = [
  ['active', 78],
  ['inactive', 16],
  ['suspended', 6],
] as const;

/**
 * Makes customers who are nobody real, clean but in the many spellings that the rules accept.
 *
 * @example const person = peopleFrom(randomFrom(1, 'crm')); person('10001').email // 'a.name@example.com'
 */
export function peopleFrom(random: Random): (customerId: string) => CrmFields {
  const places = outcodes();
  return (customerId) => {
    const first = random.pick(FIRST_NAMES);
    const last = random.pick(LAST_NAMES);
    const [company, domain] = employerOf(random);
    return {
      customer_id: customerId,
      first_name: first,
      last_name: last,
      email: `${mailboxOf(random, first, last)}@${domain}`,
      phone: phoneOf(random),
      postcode: postcodeOf(random, random.pick(places)),
      company,
      registration_date: inSomeForm(random, dateWithin(random, 2015, 2025)),
      status: statusOf(random),
    };
  };
}

function employerOf(random: Random): readonly [company: string, domain: string] {
  if (random.chance(0.66)) return ['', random.chance(0.02) ? random.pick(COMPANIES)[0] : random.pick(MAILBOXES)];
  if (random.chance(0.07)) return random.pick(OTHER_FIRMS);
  const [domain, name] = random.pick(COMPANIES);
  return [name, random.chance(0.06) ? random.pick(MAILBOXES) : domain];
}

function mailboxOf(random: Random, first: string, last: string): string {
  const die = random.below(4);
  const name = die === 0 ? `${first.charAt(0)}.${last}` : die === 1 ? `${first}_${last}` : `${first}.${last}`;
  return `${name.toLowerCase()}${die === 3 ? 1 + random.below(99) : ''}`;
}

function phoneOf(random: Random): string {
  const [stem, free] = random.pick(DRAMA);
  const number = stem + padded(random.below(10 ** free), free);
  const [code, middle, end] = [number.slice(0, 4), number.slice(4, 7), number.slice(7)];
  const die = random.below(16);
  if (die < 8) return `0${code} ${middle}${end}`;
  if (die < 11) return `0${number}`;
  return [
    `+44 ${code} ${middle}${end}`,
    `+44 (0)${code} ${middle} ${end}`,
    `0044${number}`,
    `(0${code}) ${middle}-${end}`,
    `0${code}.${middle}.${end}`,
  ][die - 11] as string;
}

function postcodeOf(random: Random, outcode: string): string {
  const incode = `${random.below(10)}${INCODE_LETTERS.charAt(random.below(20))}${INCODE_LETTERS.charAt(random.below(20))}`;
  const die = random.below(12);
  if (die < 9) return `${outcode} ${incode}`;
  return die === 9 ? outcode + incode : die === 10 ? `${outcode} ${incode}`.toLowerCase() : ` ${outcode}  ${incode}`;
}

function statusOf(random: Random): string {
  let die = random.below(100);
  for (const [status, share] of STATUSES) {
    if (die < share) return status;
    die -= share;
  }
  return 'active';
}
