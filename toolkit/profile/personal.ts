import type { Personal } from '../contract/index.ts';
import type { ColumnType, PersonalGuess } from './document.ts';
import type { Facts } from './facts.ts';

/** The words of a column's name: `firstName`, `first_name` and `First Name` are `first name`. */
export const wordsOfName = (name: string): string =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();

interface NameClue {
  readonly class: Personal;
  readonly pattern: RegExp;
  /** How sure the name alone makes. */
  readonly weight: number;
  readonly says: string;
}

/** What a column's name tells, the surest first. */
const NAMES: readonly NameClue[] = [
  { class: 'contact', pattern: /\b(e ?mail|mail address)\b/, weight: 0.8, says: 'an e-mail address' },
  { class: 'contact', pattern: /\b(phone|telephone|tel|mobile|cell|fax|landline)\b/, weight: 0.8, says: 'a telephone number' },
  { class: 'location', pattern: /\b(post ?code|postal code|zip( code)?|eircode)\b/, weight: 0.8, says: 'a postcode' },
  { class: 'location', pattern: /\b(address|street|house (number|no))\b/, weight: 0.7, says: 'an address' },
  { class: 'location', pattern: /\b(latitude|longitude|lat|lon|lng)\b/, weight: 0.5, says: 'a place on the map' },
  { class: 'identifier', pattern: /\b(dob|birth|birthday|born)\b/, weight: 0.8, says: 'a date of birth' },
  {
    class: 'identifier',
    pattern: /\b(passport|nino|national insurance|nhs|ssn|tax|licence|license|iban|account|card|user ?name|login|ip)\b/,
    weight: 0.7,
    says: 'what a person is told apart by',
  },
  {
    class: 'name',
    pattern:
      /\b((first|last|middle|given|family|full|maiden|sur|fore|customer|client|contact|person|patient|employee|member) ?names?|surname|forename)\b/,
    weight: 0.8,
    says: 'a person’s name',
  },
  {
    class: 'identifier',
    pattern:
      /\b(customer|client|cust|person|patient|member|employee|staff|user|guest|subscriber|donor|tenant|student)s?\b.*\b(id|ref|reference|no|nr|num|number|code|key)\b|\b(customer|person|patient|member|employee|user)(id|no|ref)\b/,
    weight: 0.7,
    says: 'a number of a person',
  },
  { class: 'name', pattern: /^name$/, weight: 0.4, says: 'a name' },
];
/** Names of things that are no people. */
const NOT_PEOPLE = /\b(company|product|file|brand|region|country|department|domain|host|event|item|shop|store|organisation|organization)\b/;

interface ValueClue {
  readonly class: Personal;
  readonly test: string;
  /** The least share of the texts that says something, and how sure all of them make. */
  readonly from: number;
  readonly weight: number;
  readonly says: string;
}

/** What the texts themselves tell. */
const VALUES: readonly ValueClue[] = [
  { class: 'contact', test: 'email', from: 0.3, weight: 0.95, says: 'are e-mail addresses' },
  { class: 'contact', test: 'phone', from: 0.3, weight: 0.9, says: 'are UK telephone numbers' },
  { class: 'location', test: 'postcode', from: 0.3, weight: 0.9, says: 'are UK postcodes' },
  { class: 'identifier', test: 'insuranceNumber', from: 0.3, weight: 0.95, says: 'have the form of a National Insurance number' },
  { class: 'identifier', test: 'ipAddress', from: 0.3, weight: 0.7, says: 'have the form of an IP address' },
  { class: 'name', test: 'givenName', from: 0.15, weight: 0.9, says: 'begin with a common given name' },
];

const share = (passing: Facts['passing'], test: string, present: number): number => (present === 0 ? 0 : (passing[test] ?? 0) / present);
/** Never a 0 or a 100 that is not exact. */
const inPercent = (part: number): string =>
  part >= 1 ? 'all' : part > 0.99 ? 'over 99 %' : part < 0.01 ? 'under 1 %' : `${Math.round(part * 100)} %`;

/**
 * A guess that a column holds personal data, from its name and its texts; null where nothing speaks for it.
 *
 * @example guessPersonal('email', 'e-mail', facts) // { class: 'contact', confidence: 0.99, reason: 'The name says an e-mail address; 96 % …' }
 */
export function guessPersonal(name: string, type: ColumnType, facts: Facts): PersonalGuess | null {
  const clues = [...byName(name, type, facts), ...byValues(facts), ...inSentences(facts)];
  const [first] = clues.toSorted((a, b) => b.weight - a.weight);
  if (!first) return null;
  const agreeing = clues.filter((clue) => clue.class === first.class);
  const doubt = agreeing.reduce((left, { weight }) => left * (1 - weight), 1);
  const reason = agreeing.map(({ says }) => says).join('; ');
  return { class: first.class, confidence: Math.round((1 - doubt) * 100) / 100, reason: `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.` };
}

interface Clue {
  readonly class: Personal;
  readonly weight: number;
  readonly says: string;
}

function byName(name: string, type: ColumnType, { passing, present }: Facts): Clue[] {
  const words = wordsOfName(name);
  const found = NAMES.find(({ pattern }) => pattern.test(words));
  // `email_valid` and `phone_opt_in` are about a person and tell nobody’s address
  if (!found || type === 'yes or no' || NOT_PEOPLE.test(words)) return [];
  const clues: Clue[] = [{ class: found.class, weight: found.weight, says: `the name says ${found.says}` }];
  if (found.class === 'name' && share(passing, 'capitalised', present) > 0.5)
    clues.push({ class: 'name', weight: 0.5, says: `${inPercent(share(passing, 'capitalised', present))} of the texts are capitalised words` });
  if (found.says === 'a date of birth' && type === 'date') clues.push({ class: 'identifier', weight: 0.6, says: 'the texts are dates' });
  return clues;
}

const byValues = ({ passing, present }: Facts): Clue[] =>
  VALUES.flatMap(({ class: of, test, from, weight, says }) => {
    const part = share(passing, test, present);
    return part < from ? [] : [{ class: of, weight: weight * Math.min(1, 0.6 + part / 2), says: `${inPercent(part)} of the texts ${says}` }];
  });

/** Sentences that hold an address or a number by which somebody can be reached. */
function inSentences({ passing, present }: Facts): Clue[] {
  const sentences = share(passing, 'sentence', present);
  const held = share(passing, 'holdsContact', present);
  if (sentences < 0.1) return [];
  if (held > 0)
    return [{ class: 'contact', weight: 0.75, says: `it is free text, and ${inPercent(held)} of the texts hold an address or a telephone number` }];
  return [{ class: 'contact', weight: 0.3, says: 'it is free text, in which people write names and addresses' }];
}
