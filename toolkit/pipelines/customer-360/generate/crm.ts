import { CRM_FAULTS, crmRecord } from './crm-faults.ts';
import { CRM_DIRT, spoiler } from './dirt.ts';
import { type CrmFields, FIRST_CUSTOMER, peopleFrom } from './people.ts';
import { deckOf, nowAndThen, type Random, randomFrom } from './random.ts';
import { showcaseAt } from './showcase.ts';
import { quoted } from './text.ts';

const HEADER = '\ufeffcustomer_id,first_name,last_name,email,phone,postcode,company,registration_date,status,marketing_opt_in\n';
const FAULT_EVERY = 25;
const FIRST_STRANGER = 900000001;
const LINE_ENDS = ['\r\n', '\n\n', '\r\n', '\r', '\r\n\r\n', '\n\n\n'];

/**
 * The records of `crm.csv`: `rows` accepted customers in order of their number, and one fault for every 25.
 *
 * - Begins with a BOM; has one extra column; LF for the most part, CRLF, a lone CR and blank lines now and then.
 */
export function* crmRecords(rows: number, seed: number): Generator<string> {
  const random = randomFrom(seed, 'crm');
  const customerAt = customersFrom(random);
  const written = writerFrom(random);
  const nextFault = deckOf(CRM_FAULTS);
  let faultAt = random.below(FAULT_EVERY - 1);
  let faults = 0;
  yield HEADER;
  for (let index = 0; index < rows; index += 1) {
    const customer = customerAt(index);
    const record = written(customer, random.chance(0.4) ? 'Y' : 'N');
    if (index < faultAt || showcaseAt(index) !== undefined) {
      yield record;
      continue;
    }
    const { place, lines } = nextFault();
    const refused = `${lines(customer, String(FIRST_STRANGER + faults))}\n`;
    yield place === 'before' ? refused + record : record + refused;
    faults += 1;
    faultAt = faults * FAULT_EVERY + random.below(FAULT_EVERY - 1);
  }
}

function customersFrom(random: Random): (index: number) => CrmFields {
  const person = peopleFrom(random);
  const spoil = spoiler(random, CRM_DIRT);
  return (index) => {
    const customer = person(String(FIRST_CUSTOMER + index));
    const picked = showcaseAt(index);
    return picked === undefined ? spoil(customer) : { ...customer, ...picked.crm };
  };
}

function writerFrom(random: Random): (customer: CrmFields, optIn: string) => string {
  const lineEnd = nowAndThen(random, 150, LINE_ENDS);
  const allQuoted = nowAndThen(random, 40, [true]);
  return (customer, optIn) => {
    const record = allQuoted() ? [...Object.values(customer), optIn].map(quoted).join(',') : crmRecord(customer, optIn);
    return record + (lineEnd() ?? '\n');
  };
}
