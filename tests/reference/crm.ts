import { cleanChoice, cleanCompany, cleanDate, cleanEmail, cleanName, cleanPhone, cleanPostcode } from './clean.ts';
import type { CsvRecord } from './csv.ts';
import { cleanId } from './ids.ts';
import { breakDuplicates, type Judged, malformed, noteIn } from './judge.ts';

/** A customer as cleaned. */
export interface Customer {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly isEmailValid: boolean;
  readonly phone: string | null;
  readonly isPhoneValid: boolean;
  readonly postcode: string | null;
  readonly company: string | null;
  readonly registrationDate: string | null;
  readonly status: string;
}

const STATUSES = ['active', 'inactive', 'suspended'];

/** Cleans and judges the records of the CRM export, in reading order. */
export function judgeCrm(records: readonly CsvRecord[]): Judged<Customer>[] {
  const judged = records.map(judgeCustomer);
  breakDuplicates(judged, 'customer_id.duplicate');
  return judged;
}

function judgeCustomer(record: CsvRecord): Judged<Customer> {
  const { file, record: number, line, cells } = record;
  if (cells === null) return malformed(record);
  const broken: string[] = [];
  const note = noteIn(broken);
  const cell = (column: string): string => cells[column] ?? '';
  const email = cleanEmail(cell('email'));
  const phone = cleanPhone(cell('phone'));
  const key = note('customer_id', cleanId({ kind: 'text', text: cell('customer_id') }));
  const row: Customer = {
    id: key ?? 0,
    firstName: note('first_name', cleanName(cell('first_name'))),
    lastName: note('last_name', cleanName(cell('last_name'))),
    email: note('email', email),
    isEmailValid: email.fault === null,
    phone: note('phone', phone),
    isPhoneValid: phone.fault === null,
    postcode: note('postcode', cleanPostcode(cell('postcode'))),
    company: cleanCompany(cell('company')),
    registrationDate: note('registration_date', cleanDate(cell('registration_date'))),
    status: note('status', cleanChoice(cell('status'), STATUSES, 'unknown')),
  };
  return { file, record: number, line, key, broken, row };
}
