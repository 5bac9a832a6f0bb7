import type { PersonalTag } from './tag.ts';

/** The words of a column's name: `firstName`, `first_name` and `First Name` are `first name`. */
export const wordsOfName = (name: string): string =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();

/** What a column's name alone tells. */
export interface NameClue {
  readonly class: 'contact' | 'location' | 'identifier' | 'name';
  /** How sure it makes, 0 to 1. */
  readonly weight: number;
  /** What the column holds if it is right. */
  readonly says: string;
  readonly mask: PersonalTag['mask'];
}

/** A line that is anything else in other company: `mobile_sessions`, `cell_type`. */
const IN_SHORT = /\b(mobile|cell|fax|tel|handy|mobil)(?= (no|nr|num|number|phone|tel|telephone|contact|\d+)\b|$)/;
const PHONE =
  /\b((home|work|mobile|cell|tele|contact)?phone(number|no|nr)?|(tele|mobil)fon(nummer|nr)?|(handy|mobil|ruf)nummer|contact (no|nr|number)|landline|msisdn|whatsapp)\b/;

/** The surest first, as their values are told apart. */
const CLUES: readonly (NameClue & { readonly pattern: RegExp })[] = [
  {
    class: 'contact',
    pattern: /\b(e ?mail ?(address|adresse|id)?|mail ?ad?dresse?|courriel|correo electronico)\b/,
    weight: 0.8,
    says: 'an e-mail address',
    mask: 'email',
  },
  { class: 'contact', pattern: new RegExp(`${PHONE.source}|${IN_SHORT.source}`), weight: 0.8, says: 'a telephone number', mask: 'phone' },
  {
    class: 'location',
    pattern: /\b(post ?codes?|postal ?code|zip ?code|zip(?= \d|$)|eircode|plz|postleitzahl)\b/,
    weight: 0.8,
    says: 'a postcode',
    mask: 'all',
  },
  { class: 'location', pattern: /\b(address|street|house (number|no))\b/, weight: 0.7, says: 'an address', mask: 'all' },
  { class: 'location', pattern: /\b(latitude|longitude|lat|lon|lng)\b/, weight: 0.5, says: 'a place on the map', mask: 'all' },
  {
    class: 'identifier',
    pattern: /\b(d ?o ?b|birth ?(date|day|dt)?|born|geburts(datum|tag|jahr)|date (de )?naissance|fecha (de )?nacimiento)\b/,
    weight: 0.8,
    says: 'a date of birth',
    mask: 'all',
  },
  {
    class: 'name',
    pattern:
      /\b((first|last|middle|given|family|full|maiden|sur|fore|nick|customer|client|contact|person|patient|employee|member|(card|account|policy) ?holder|payee|recipient) ?names?|[fl]name|(card|account|policy) ?holder|names? of (the )?(customer|client|contact|person|patient|employee|member)|(vor|nach|familien)name|prenom|nom de famille|apellidos?|cognome|next of kin)\b/,
    weight: 0.8,
    says: 'a person’s name',
    mask: 'initial',
  },
  {
    class: 'contact',
    pattern: /^(emergency )?contact( person)?( \d+)?$|^(kontakt|ansprechpartner)$/,
    weight: 0.8,
    says: 'somebody to be reached',
    mask: 'all',
  },
  {
    class: 'identifier',
    pattern: /\b(passport|nino|national insurance|nhs|ssn|tax|licence|license|iban|account|card|user ?name|login|ip)\b/,
    weight: 0.7,
    says: 'what a person is told apart by',
    mask: 'all',
  },
  {
    class: 'identifier',
    pattern:
      /\b(customer|client|cust|person|patient|member|employee|staff|user|guest|subscriber|donor|tenant|student)s?\b.*\b(id|ref|reference|no|nr|num|number|code|key)\b|\b(customer|person|patient|member|employee|user)(id|no|ref)\b/,
    weight: 0.7,
    says: 'a number of a person',
    mask: 'all',
  },
  { class: 'name', pattern: /^name$/, weight: 0.4, says: 'a name', mask: 'initial' },
];
/** Names of things that are no people. */
const NOT_PEOPLE = /\b(company|product|file|brand|region|country|department|domain|host|event|item|shop|store|organisation|organization)\b/;
/** What is told about an address, a number or a name without telling it: `email_count`, `phone_valid`, `is_mobile`, `email_sent_at`. */
const ABOUT = [
  /^(is|has|had|can|no of|num of|number of|count of)\b/,
  /\b(count|counts|rate|share|ratio|percent|pct|total|sum|average|avg|length|size|weight|order|cost|costs|bill|revenue|spend)$/,
  /\b(type|kind|status|flag|valid|validity|invalid|supported|known|missing|match|matches|score|quality|source|format|version|alive)$/,
  /\b(area|district|sector|prefix|provider|carrier|network|model|os|app|device|template|subject|campaign|method|preference|reason|consent|opt (in|out)|marketing)$/,
  /\b(sessions|users|views|visits|clicks|minutes|usage|used|sent|opened|clicked|bounced|received|verified|validated|confirmed|changed|updated)( (at|on|date|time|by))?$/,
];

/** What a column's name says of personal data in it; null where it says nothing, or names a thing. @example clueOfName('eMail')?.says // 'an e-mail address' */
export function clueOfName(name: string): NameClue | null {
  const words = wordsOfName(name.normalize('NFD').replaceAll(/\p{M}/gu, '')).replaceAll(/([a-z])(\d)/g, '$1 $2');
  return [NOT_PEOPLE, ...ABOUT].some((pattern) => pattern.test(words)) ? null : (CLUES.find(({ pattern }) => pattern.test(words)) ?? null);
}

/** From here on a name is believed without a look at the values. */
const SURE = 0.8;

/** The clue of a name that says for sure what is in the column, else null: what is not shown unasked where no contract has spoken. */
export function sureClueOfName(name: string): NameClue | null {
  const clue = clueOfName(name);
  return clue && clue.weight >= SURE ? clue : null;
}
