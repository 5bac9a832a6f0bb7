const OK = 0,
  MISSING = 1,
  INVALID = 2,
  NEGATIVE = 3;
const SEPARATOR = '\u0001';
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]]|[^\s,:{}[\]"]+/g;
const LARGEST_ID = BigInt(Number.MAX_SAFE_INTEGER);
const LARGEST_PENCE = 999_999_999_999n;

type Cell = string | undefined;

/**
 * Reads an order that is not in one of the usual forms: order, fault, customer, fault, pence, fault, date fault, date, one separator between.
 *
 * - Empty for a malformed line, null for a blank one; faults are 1 missing, 2 invalid, 3 negative.
 */
export function carefulOrder(line: string): string | null {
  if (line.trim() === '') return null;
  const members = membersOf(line);
  if (members === null) return '';
  const date = either(members, 'date', 'order_date');
  const dateFault = isAbsent(date) ? MISSING : isText(date) ? OK : INVALID;
  return [
    ...identity(members.get('order_id')),
    ...identity(either(members, 'customer_id', 'cust_id')),
    ...money(either(members, 'amount', 'total')),
    dateFault,
    dateFault === OK ? textOf(date) : '',
  ].join(SEPARATOR);
}

/** The members of one JSON object as they are written; null where the line is no such object, or holds half a surrogate pair. */
function membersOf(line: string): Map<string, string> | null {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    if (line.includes('\\u') && /\\ud[89a-f]/.test(JSON.stringify(value))) return null;
  } catch {
    return null;
  }
  const members = new Map<string, string>();
  let depth = 0;
  let name: string | null = null;
  for (const [token] of line.matchAll(TOKEN)) {
    if (depth === 1 && token !== '}') {
      if (name === null) name = JSON.parse(token) as string;
      else {
        members.set(name, token);
        name = null;
      }
    }
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
  }
  return members;
}

const isAbsent = (cell: Cell): cell is undefined => cell === undefined || cell === 'null';
const isText = (cell: Cell): cell is string => cell?.startsWith('"') ?? false;
const isNumber = (cell: string): boolean => /^[-0-9]/.test(cell);
const textOf = (cell: Cell): string => JSON.parse(cell ?? '""') as string;

function either(members: ReadonlyMap<string, string>, first: string, second: string): Cell {
  const cell = members.get(first);
  return isAbsent(cell) ? members.get(second) : cell;
}

function identity(cell: Cell): readonly [bigint, number] {
  if (isAbsent(cell)) return [0n, MISSING];
  const text = isText(cell) ? textOf(cell).trim() : cell;
  if (text === '') return [0n, MISSING];
  const id = isText(cell) ? (/^[0-9]+$/.test(text) ? BigInt(text) : null) : isNumber(cell) ? scaled(text, 0) : null;
  return id !== null && id >= 1n && id <= LARGEST_ID ? [id, OK] : [0n, INVALID];
}

function money(cell: Cell): readonly [bigint, number] {
  if (isAbsent(cell)) return [0n, MISSING];
  const text = isText(cell) ? textOf(cell).trim() : cell;
  if (text === '') return [0n, MISSING];
  const isAmount = isText(cell) ? /^[+-]?[0-9]+(\.[0-9]{1,2})?$/.test(text) : isNumber(cell);
  const pence = isAmount ? scaled(text, 2) : null;
  if (pence === null || pence > LARGEST_PENCE) return [0n, INVALID];
  return pence < 0n ? [0n, NEGATIVE] : [pence, OK];
}

/** A decimal times ten to `places` where that is whole, else null; beyond forty digits it is only huge. */
function scaled(source: string, places: number): bigint | null {
  const [mantissa = '', exponent = '0'] = source.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace(/^[+-]/, '').split('.');
  const digits = (whole + fraction).replace(/0+$/, '');
  if (!/[1-9]/.test(digits)) return 0n;
  const shift = Number(exponent) + whole.length - digits.length + places;
  if (shift < 0) return null;
  const magnitude = shift > 40 ? 10n ** 40n : BigInt(digits) * 10n ** BigInt(shift);
  return mantissa.startsWith('-') ? -magnitude : magnitude;
}
