import { type CrmFields, FIRST_CUSTOMER } from './people.ts';

/** A hand-picked customer whose numbers fall exactly on a limit: fields that replace the made ones, orders in pence, tickets. */
export interface Showcase {
  readonly crm: Partial<CrmFields>;
  readonly pence: readonly number[];
  readonly tickets: readonly (readonly [issue: string, priority: string, created: string])[];
}

const EVERY = 20;
const OFFSET = 7;

/** The hand-picked customer at a place in the file (every twentieth, until there are no more), else undefined. */
export function showcaseAt(index: number): Showcase | undefined {
  return index % EVERY === OFFSET ? SHOWCASES[(index - OFFSET) / EVERY] : undefined;
}

/** All hand-picked customers with a place below `rows`, and their numbers as the feeds name them. */
export function showcasesIn(rows: number): { readonly customer: string; readonly showcase: Showcase }[] {
  return SHOWCASES.map((showcase, at) => ({ index: at * EVERY + OFFSET, showcase }))
    .filter(({ index }) => index < rows)
    .map(({ index, showcase }) => ({ customer: showcase.crm.customer_id ?? String(FIRST_CUSTOMER + index), showcase }));
}

const picked = (crm: Partial<CrmFields>, pence: Showcase['pence'] = [], tickets: Showcase['tickets'] = []): Showcase => ({ crm, pence, tickets });

const good = { phone: '07700 900100', registration_date: '2024-01-15', status: 'active' };
const private_ = { ...good, email: 'some.body@example.com', company: '' };
const north = { ...private_, postcode: 'LS1 4AP' };
const at = (domain: string, company = 'A Firm'): Partial<CrmFields> => ({ ...good, company, email: `office@${domain}` });
const micro = at('birchmere.example');
const large = at('hawthorn-homes.example');

const SEGMENT_LIMITS: readonly Showcase[] = [
  picked(north, [6000, 4000]),
  picked(north, [9999]),
  picked(north, [50000, 25000, 25000]),
  picked(north, [99998, 1]),
  picked(north, [1]),
  picked(north, [0]),
  picked(north),
  picked(north, [12, 13]),
  picked(north, [1000, 1000, 1]),
  picked(north, [33, 33, 34, 35]),
  picked(north, [100, 101, 102, 103, 104, 105, 106, 107]),
  picked(north, [100000, 1]),
];

const RISKS: readonly Showcase[] = [
  picked({ ...north, status: 'active' }),
  picked({ ...private_, postcode: 'EC1A 1BB' }, [2500]),
  picked({ ...private_, postcode: 'B1 1AA' }, [2500]),
  picked({ ...large, postcode: 'LS1 4AP' }, [250000]),
  picked({ ...large, postcode: 'SE1 1AA' }, [250000]),
  picked({ ...large, postcode: '' }, [120000]),
  picked({ ...micro, postcode: 'LS1 4AP' }, [4500]),
  picked({ ...micro, postcode: 'W1A 1AA' }, [4500]),
  picked({ ...micro, postcode: 'WV1 1AA', status: 'suspended' }, [4500], [['billing', 'high', '2025-12-30']]),
  picked({ ...at('cairn-capital.example'), postcode: 'EH1 1AA' }, [4500]),
  picked({ ...private_, postcode: 'CF10 1AA', status: 'suspended' }),
  picked({ ...private_, postcode: 'not known', status: 'suspended' }),
  picked({ ...large, postcode: 'BT1 1AA', status: 'suspended' }),
  picked({ ...private_, postcode: '' }),
  picked({ ...micro, postcode: 'QQ1 1QQ', status: 'suspended' }),
];

const COMPANIES_FOUND: readonly Showcase[] = [
  picked({ ...at('no-such-firm.example'), postcode: 'NE1 1AA' }),
  picked({ ...at('cairn-capital.example', ''), postcode: 'NE1 1AA' }),
  picked({ ...north, company: 'No Mailbox Ltd', email: '' }),
  picked({ ...north, company: 'Bad Mailbox Ltd', email: 'two words@hollybank.test' }),
  picked({ ...north, company: 'Two Signs Ltd', email: 'office@cairn-capital.example@hollybank.test' }),
  picked({ ...north, company: 'No Sign Ltd', email: 'hollybank.test' }),
  picked({ ...north, company: 'Capital Letters Ltd', email: ' OFFICE@HOLLYBANK.TEST ' }),
  picked({ ...north, company: 'Ends Ltd', email: 'office@' }),
  picked({ ...large, postcode: '', company: '\u00a0\t' }),
];

const TICKETS: readonly Showcase[] = [
  picked(north, [4200], [['billing', 'high', '2025-12-31']]),
  picked(north, [4200], [['technical', 'HIGH', '2026-01-01']]),
  picked(
    north,
    [4200],
    [
      ['General', ' high ', '2026-01-15'],
      ['general', 'low', '2025-01-01'],
    ],
  ),
  picked(north, [4200], [['refund', 'urgent', 'soon']]),
  picked(north, [4200], [['', '', '']]),
  picked(
    north,
    [4200],
    [
      ['billing', 'high', '29/02/2024'],
      ['billing', 'high', '2024-03-01'],
      ['billing', 'high', '2023/12/31'],
    ],
  ),
];

const PEOPLE: readonly Showcase[] = [
  picked({ ...north, customer_id: '9007199254740991', first_name: 'Max', last_name: 'Imum' }, [10000], [['general', 'low', '2025-06-01']]),
  picked({ ...north, customer_id: '1', first_name: 'First', last_name: 'Ever' }, [10000], [['general', 'low', '2025-06-01']]),
  picked({ first_name: '', last_name: '', email: '', phone: '', postcode: '', company: '', registration_date: '', status: '' }),
  picked({
    first_name: ' unknown ',
    last_name: 'UNKNOWN',
    email: 'nobody',
    phone: '0',
    postcode: '0',
    company: '0',
    registration_date: '0',
    status: '0',
  }),
  picked({ ...north, first_name: 'SINÉAD', last_name: "O’BRIEN-o'neil" }, [123456]),
  picked({ ...north, first_name: 'ΝΊΚΟΣ', last_name: 'ΣΟΦΌΣ' }),
  picked({ ...north, first_name: 'İLKAY', last_name: 'STRASSE-STRAßE' }),
  picked({ ...north, first_name: '"bob"', last_name: '(john' }),
  picked({ ...private_, postcode: 'GIR 0AA' }),
];

/** The cards on the table: about fifty customers, so that a file of 2,000 holds them all. */
const SHOWCASES: readonly Showcase[] = [...SEGMENT_LIMITS, ...RISKS, ...COMPANIES_FOUND, ...TICKETS, ...PEOPLE];
