import { open } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { DaybookError } from '../errors/index.ts';
import { delimiterOf, fieldsOf } from './csv/header.ts';
import { CHUNK_BYTES, ChunkedFile } from './files/chunked-file.ts';
import { readFault } from './files/fault.ts';
import { JsonScanner } from './json/scanner.ts';
import { Ledger } from './ledger.ts';
import { resolveFiles } from './resolve-files.ts';

const HEADER_BYTES = 1 << 20;
const JSON_ENDINGS: ReadonlySet<string> = new Set(['.json', '.ndjson', '.jsonl']);
/** Records of a JSON file that are looked at for names, and how many names are taken. */
const LOOKED_AT = 10_000;
const MOST_NAMES = 500;
const RECORD_LIMIT_BYTES = 32 * 1024 * 1024;

/** An e-mail address, a UK phone number or postcode: no column is called so, and shown as a name it would be a person's. */
const OF_A_RECORD = /^(?:\S+@\S+\.\S+|(?:\+44|0)[\d ()-]{9,}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$/;

/** Whether a file is JSON by its ending. */
export const isJsonFile = (path: string): boolean => JSON_ENDINGS.has(extname(path).toLowerCase());

/**
 * The names in the first line of a CSV that has a character. What else is wrong with the file is said when it is read.
 * @throws DaybookError `source.not-commas` where one name holds what another separator would part; `source.no-header` where they are values of a record
 */
export async function headerOf(path: string): Promise<string[]> {
  const file = await open(path).catch((fault: unknown) => {
    throw readFault(fault, basename(path), path);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    const text = buffer.toString('utf8', 0, bytesRead).replace(/^\ufeff?[\r\n]*/, '');
    const [line = ''] = text.split(/[\r\n]/, 1);
    const delimiter = delimiterOf(line);
    if (delimiter) throw new DaybookError('source.not-commas', { source: basename(path), path, delimiter });
    const names = fieldsOf(text).map((name) => name.trim());
    if (names.some((name) => OF_A_RECORD.test(name))) throw new DaybookError('source.no-header', { source: basename(path), path });
    return names;
  } finally {
    await file.close();
  }
}

/** The names of members that the first records of a JSON file have, in the order they come. */
export async function membersOf(path: string, signal: AbortSignal): Promise<string[]> {
  const file = await ChunkedFile.open({ source: basename(path), path, chunkBytes: CHUNK_BYTES, signal, onBytes: () => {} });
  try {
    const ledger = new Ledger(LOOKED_AT);
    ledger.startFile();
    const scanner = new JsonScanner(file, [], ledger, { write: () => {} }, RECORD_LIMIT_BYTES, null, MOST_NAMES);
    await scanner.scan();
    return [...scanner.record.names.extraColumns];
  } finally {
    await file.close();
  }
}

/**
 * The columns of a file, or of the first file of a pattern, whose names nobody knows yet: a CSV's header, or the members of the first
 * ten thousand records of JSON. Columns of a CSV without a name are counted apart.
 *
 * @throws DaybookError `source.*` for a file that is not there or holds no record, and for names that differ in capitals alone
 */
export async function columnNames(path: string, signal: AbortSignal): Promise<{ readonly names: readonly string[]; readonly unnamed: number }> {
  const [first = path] = await resolveFiles(basename(path), path);
  const all = isJsonFile(path) ? await membersOf(first, signal) : await headerOf(first);
  const names = all.filter((name) => name !== '');
  const alike = names.filter((name) => names.some((other) => other !== name && other.toLowerCase() === name.toLowerCase()));
  if (alike.length > 0) throw new DaybookError('source.alike-columns', { source: basename(path), path: first, columns: alike });
  return { names, unnamed: all.length - names.length };
}
