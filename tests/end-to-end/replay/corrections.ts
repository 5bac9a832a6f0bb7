import type { RejectRow } from '../../../toolkit/run/index.ts';
import type { Content, HandEdit } from './by-hand.ts';

/** What a person may do to the refused records of a run. */
export interface Habits {
  readonly random: () => number;
  /** Numbers that customers have. */
  readonly customers: readonly number[];
  /** Whether records may be removed and texts may go over two lines: then the lines after them move. */
  readonly movesLines: boolean;
}

const TEXTS = [
  'O’Neil',
  "d'arcy",
  'a,b',
  'say "hi"',
  ' Zoë ',
  '',
  'N/A',
  '07700 900123',
  'LS1 4AP',
  'x@example.com',
  '2024-02-29',
  '31/04/2024',
  'active',
];
const AMOUNTS = ['12.50', ' 7 ', '-3.10', '1e3', '0', '19.999', '£5', '9999999999.99', ''];
const STILL_BAD = { csv: ['one,two', 'a "b" c,d', '"a"b,c', 'lonely'], json: ['{"order_id":1', '42', '[]', 'null', '{"a":"\\ud800"}'] };

const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

/** Another content for a refused record, right or wrong; undefined where it is left alone, null where it is removed. */
export function correctedContent(row: RejectRow, header: readonly string[], habits: Habits): Content | null | undefined {
  const { random, movesLines } = habits;
  const die = random();
  if (die < 0.35) return undefined;
  if (die < 0.45 && movesLines) return null;
  const isFeed = row.source === 'orders';
  const isMalformed = row.rule === 'record.malformed';
  if (isMalformed && die > 0.85) return pick(random, isFeed ? STILL_BAD.json : STILL_BAD.csv);
  const before = isMalformed ? Object.fromEntries(header.map((name) => [name, ''])) : (JSON.parse(row.raw ?? '{}') as Record<string, string | null>);
  const texts = Object.fromEntries(
    Object.entries(before).map(([name, text]) => [name, isMalformed || random() < 0.4 ? anotherText(name, row.source, habits) : text]),
  );
  if (!isMalformed) return texts;
  return isFeed ? JSON.stringify(texts) : header.map((name) => `"${(texts[name] ?? '').replaceAll('"', '""')}"`).join(',');
}

function anotherText(column: string, source: string, { random, customers, movesLines }: Habits): string | null {
  if (random() < 0.08) return null;
  if (/^(customer_id|cust_id|customer_ref)$/.test(column))
    return random() < 0.1 ? 'C-1' : String(source === 'crm' && random() < 0.5 ? 700_000 + Math.floor(random() * 50) : pick(random, customers));
  if (/_id$/.test(column)) return String(990_000 + Math.floor(random() * 60));
  if (/^(amount|total)$/.test(column)) return pick(random, AMOUNTS);
  return movesLines && random() < 0.1 ? 'over\ntwo lines' : pick(random, TEXTS);
}

/** The lines of an export with one line of each corrected record changed. */
export function editedLines(
  lines: readonly Record<string, unknown>[],
  edits: ReadonlyMap<string, Pick<HandEdit, 'content'>>,
): Record<string, unknown>[] {
  const left = new Map(edits);
  return lines.map((line) => {
    const place = placeOf(line as never);
    const edit = left.get(place);
    if (!edit) return line;
    left.delete(place);
    return { ...line, raw: edit.content ?? '' };
  });
}

export const placeOf = ({ source, file, record }: Pick<RejectRow, 'source' | 'file' | 'record'>): string => `${source} ${file} ${record}`;
