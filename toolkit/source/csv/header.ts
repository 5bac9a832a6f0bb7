import { DaybookError } from '../../errors/index.ts';
import type { SourceShape } from '../shape.ts';

/** A header that was accepted. */
export interface Header {
  /** Fields of every record. */
  readonly width: number;
  /** Index of each wanted column, in the shape's order. */
  readonly indexes: readonly number[];
  readonly keyIndex: number;
  readonly extraColumns: readonly string[];
}

/** The fields of one legal record. */
export function fieldsOf(record: string): string[] {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|\n|\r|$)/gy;
  for (let match = field.exec(record); match; match = field.exec(record)) {
    fields.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
    if (match[3] !== ',') break;
  }
  return fields;
}

/** What else than a comma a header may be separated by. */
type Delimiter = 'semicolon' | 'tab' | 'pipe';
const SIGNS: readonly (readonly [Delimiter, string])[] = [
  ['semicolon', ';'],
  ['tab', '\t'],
  ['pipe', '|'],
];

/** The sign that seems to separate a header; null where that is a comma. */
export function delimiterOf(header: string): Delimiter | null {
  const times = (sign: string) => header.split(sign).length - 1;
  return SIGNS.find(([, sign]) => times(sign) > times(','))?.[0] ?? null;
}

/**
 * Checks a header: names are exact after trim.
 * @throws DaybookError `source.missing-column`, `source.duplicate-column`
 */
export function acceptHeader(record: string, shape: SourceShape, path: string, line: number): Header {
  const names = fieldsOf(record).map((name) => name.trim());
  const at = { source: shape.name, path, line };
  const missing = shape.columns.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new DaybookError('source.missing-column', { ...at, columns: missing, delimiter: delimiterOf(record) });
  const twice = shape.columns.filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice.length > 0) throw new DaybookError('source.duplicate-column', { ...at, columns: twice });
  return {
    width: names.length,
    indexes: shape.columns.map((name) => names.indexOf(name)),
    keyIndex: names.indexOf(shape.key),
    extraColumns: [...new Set(names.filter((name) => !shape.columns.includes(name)))],
  };
}
