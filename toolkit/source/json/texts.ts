import type { RecordTexts } from '../replacements.ts';
import { canonicalNumber } from './number.ts';
import { RecordReader } from './record-reader.ts';
import { KIND } from './strict-reader.ts';

const NUL = /\0/g;

/**
 * The text of a value that stands at the bytes `from` to `to`: a text is itself, a number its exact value, true, false, objects and
 * lists are their JSON, null is null. NUL, which no warehouse takes in a text, becomes the replacement character.
 */
export function textOf(bytes: Buffer, kind: number, from: number, to: number): string | null {
  if (kind === KIND.nothing) return null;
  const text = bytes.toString('utf8', from, to);
  if (kind === KIND.number) return canonicalNumber(text);
  return kind === KIND.text || kind === KIND.escapedText ? (JSON.parse(text) as string).replace(NUL, '\ufffd') : text;
}

/**
 * The texts of the wanted members of a JSON object as a source's reader gives them, null where a member is absent;
 * null where the text is no such object. Of a name given twice the last counts.
 */
export function objectTexts(json: string, columns: readonly string[]): RecordTexts | null {
  const bytes = Buffer.from(json);
  const record = new RecordReader(columns);
  if (!record.readWhole(bytes, 0, bytes.length) || record.judge(0, 0) !== null) return null;
  return Object.fromEntries(
    columns.map((name, i) => [name, textOf(bytes, record.kinds[i] as number, record.froms[i] as number, record.tos[i] as number)]),
  );
}
