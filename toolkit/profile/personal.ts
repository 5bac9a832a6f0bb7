import type { Personal } from '../contract/index.ts';
import { clueOfName } from '../frame/index.ts';
import type { ColumnType, PersonalGuess } from './document.ts';
import type { Facts } from './facts.ts';

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
  const found = clueOfName(name);
  // `email_valid` and `phone_opt_in` are about a person and tell nobody’s address
  if (!found || type === 'yes or no') return [];
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
