import type { CrmFields } from './people.ts';
import { csvRecord } from './text.ts';

/** One or two refused lines of `crm.csv`, and whether they stand before or after the customer they are made from. */
export interface CrmFault {
  readonly place: 'before' | 'after';
  /** From the accepted record they stand beside, and a number that no accepted customer has. */
  readonly lines: (customer: CrmFields, stranger: string) => string;
}

/** The fields of a CRM record in the order of the file; the last is the extra column. */
export function crmRecord(fields: CrmFields, optIn: string): string {
  return csvRecord([
    fields.customer_id,
    fields.first_name,
    fields.last_name,
    fields.email,
    fields.phone,
    fields.postcode,
    fields.company,
    fields.registration_date,
    fields.status,
    optIn,
  ]);
}

const before = (lines: CrmFault['lines']): CrmFault => ({ place: 'before', lines });
const after = (lines: CrmFault['lines']): CrmFault => ({ place: 'after', lines });
const withId = (id: string): CrmFault => before((customer) => crmRecord({ ...customer, customer_id: id }, 'N'));

/** An older version of the same customer: the record after it wins. */
const older = (change: Partial<CrmFields>): CrmFault => before((customer) => crmRecord({ ...customer, ...change }, 'N'));
/** A correction of the same customer: it wins, and the record before it is the duplicate. */
const newer = (change: Partial<CrmFields>): CrmFault => after((customer) => crmRecord({ ...customer, ...change }, 'Y'));

const DUPLICATES: readonly CrmFault[] = [
  older({ status: 'inactive' }),
  newer({ phone: '07700 900777' }),
  older({ phone: '', postcode: '' }),
  newer({ status: 'active' }),
  before((customer) => crmRecord({ ...customer, customer_id: `00${customer.customer_id.trim()}` }, 'N')),
  newer({ registration_date: '2024-06-30' }),
  older({ email: 'two words@example.com', registration_date: '2023-02-29', status: 'closed' }),
  older({ first_name: '', last_name: ' ', email: '', phone: '12', postcode: 'QQ' }),
  newer({}),
  before((customer) => crmRecord({ ...customer, customer_id: ` ${customer.customer_id.trim()}\u00a0` }, 'Y')),
];

const KEYS: readonly CrmFault[] = [
  ...['', '  ', '\u00a0\t'].map(withId),
  ...['abc', '-5', '0', '000', '9007199254740992', '12.0', '1e3', '1 001', '१२३', '+7', '99999999999999999999', 'N/A'].map(withId),
];

const MALFORMED: readonly CrmFault[] = [
  before((_, id) => `${id},Short,Record,short@example.com`),
  before((customer) => `${crmRecord(customer, 'Y')},`),
  before((_, id) => `${id},Wide,Record,wide@example.com,07700 900123,LS1 4AP,Ash, Oak & Sons,2024-01-05,active,Y`),
  before((_, id) => `${id},"Ann"ie,Quote,ann@example.com,07700 900123,LS1 4AP,,2024-01-05,active,Y`),
  before((_, id) => `${id},Rob "Bobby",Quote,rob@example.com,07700 900123,LS1 4AP,,2024-01-05,active,Y`),
  before((_, id) => `${id}, "Space",Quote,space@example.com,07700 900123,LS1 4AP,,2024-01-05,active,Y`),
  before((_, id) => `${id},Nul\u0000,Byte,nul@example.com,07700 900123,LS1 4AP,,2024-01-05,active,Y`),
  before(() => 'lonely'),
  before((_, id) => `${id},Two,Lines,"Old\nMill Ltd",2024-01-05`),
  // The quote that never closes is met by the next quoted field, so the line that opened it is all that is lost; the line after it is an older version.
  before(
    (customer, id) =>
      `${id},"Open,Quote,open@example.com,07700 900123,LS1 4AP,,2024-01-05,active,Y\n${customer.customer_id.trim()},"Older",Version,older@example.com,07700 900124,LS1 4AP,,2024-01-05,active,N`,
  ),
];

/** Every way in which a CRM record is refused; mostly duplicates, since that is what exports are full of. */
export const CRM_FAULTS: readonly CrmFault[] = KEYS.flatMap((key, at) => [
  DUPLICATES[(at * 3) % DUPLICATES.length] as CrmFault,
  key,
  DUPLICATES[(at * 3 + 1) % DUPLICATES.length] as CrmFault,
  ...(MALFORMED[at] === undefined ? [] : [MALFORMED[at]]),
  DUPLICATES[(at * 3 + 2) % DUPLICATES.length] as CrmFault,
]);
