import { entry } from '../entry.ts';
import { EXIT } from '../exit.ts';

const quotedList = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
const DELIMITERS = { semicolon: 'semicolons', tab: 'tabs', pipe: 'vertical bars' } as const;

/** What can be wrong with a source's files. Names of files and columns may stand in a message, values of rows never. */
export const sourceErrors = {
  'source.not-found': entry<{ source: string; path: string }>({
    exit: EXIT.noInput,
    cause: 'The file was not delivered, was moved, or the path is misspelt.',
    what: ({ source, path }) => `The file of "${source}" does not exist: "${path}".`,
    where: ({ path }) => ({ file: path }),
    fix: ({ source }) => `Put the file there, or set "sources.${source}" to where it is.`,
  }),
  'source.folder': entry<{ source: string; path: string }>({
    exit: EXIT.noInput,
    cause: 'A path names a folder where a file is needed.',
    what: ({ source, path }) => `"${path}" is a folder; "${source}" needs a file.`,
    where: ({ path }) => ({ file: path }),
    fix: ({ source, path }) => `Set "sources.${source}" to a file, or to a pattern such as "${path.replace(/\/$/, '')}/*".`,
  }),
  'source.not-a-file': entry<{ source: string; path: string }>({
    exit: EXIT.noInput,
    cause: 'The path names a pipe, a device or a socket, which can be read only once.',
    what: ({ source, path }) => `"${path}" is no ordinary file; "${source}" needs one.`,
    where: ({ path }) => ({ file: path }),
    fix: ({ source }) => `Save the data to a file and set "sources.${source}" to it.`,
  }),
  'source.no-match': entry<{ source: string; pattern: string }>({
    exit: EXIT.noInput,
    cause: 'No file was delivered, or the pattern is misspelt.',
    what: ({ source, pattern }) => `No file of "${source}" matches "${pattern}".`,
    where: ({ pattern }) => ({ file: pattern }),
    fix: ({ source }) => `Deliver the files, or correct the pattern "sources.${source}".`,
  }),
  'source.not-permitted': entry<{ source: string; path: string }>({
    exit: EXIT.notPermitted,
    cause: 'The account that runs Daybook may not read the file or its folder.',
    what: ({ source, path }) => `No permission to read "${path}" of "${source}".`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Give the account that runs Daybook the right to read it.',
  }),
  'source.unreadable': entry<{ source: string; path: string; reason: string }>({
    exit: EXIT.io,
    cause: 'The disk or the network share fails, or the file is on a mount that went away.',
    what: ({ source, path, reason }) => `"${path}" of "${source}" cannot be read (${reason}).`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Check the disk or the mount, and run again.',
  }),
  'source.scratch-failed': entry<{ path: string; reason: string }>({
    exit: EXIT.io,
    cause: 'The disk is full or failing where a cleaned copy of a source is kept during the run.',
    what: ({ reason }) => `The working copy of a source cannot be written (${reason}).`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Free disk space, or set "state.dir" to a disk with room, and run again.',
  }),
  'source.empty': entry<{ source: string; path: string }>({
    exit: EXIT.data,
    cause: 'The export failed and left a file without a header.',
    what: ({ source, path }) => `The CSV of "${source}" is empty, without even a header: "${path}".`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Have the file exported again.',
  }),
  'source.missing-column': entry<{
    source: string;
    path: string;
    line: number;
    columns: readonly string[];
    delimiter: keyof typeof DELIMITERS | null;
  }>({
    exit: EXIT.data,
    cause: 'The export changed, the wrong file was delivered, or the separator is not a comma.',
    what: ({ source, columns, delimiter }) =>
      `${columns.length === 1 ? 'The column' : 'The columns'} ${quotedList(columns)} of "${source}" ${columns.length === 1 ? 'is' : 'are'} missing` +
      `${delimiter ? `; the header seems to be separated by ${DELIMITERS[delimiter]}, not commas` : ''}.`,
    where: ({ path, line }) => ({ file: path, line }),
    fix: ({ delimiter }) =>
      delimiter ? 'Have the file exported with commas between the fields.' : 'Have the file exported with these columns, named exactly so.',
  }),
  'source.not-commas': entry<{ source: string; path: string; delimiter: keyof typeof DELIMITERS }>({
    exit: EXIT.data,
    cause: 'A spreadsheet writes semicolons where decimals have a comma; other exports write tabs.',
    what: ({ source, delimiter }) => `The header of "${source}" seems to be separated by ${DELIMITERS[delimiter]}, not commas.`,
    where: ({ path }) => ({ file: path, line: 1 }),
    fix: () => 'Have the file exported with commas between the fields, and a point in decimals.',
  }),
  'source.no-header': entry<{ source: string; path: string }>({
    exit: EXIT.data,
    cause: 'The export was made without a line of column names, so that its first record stands in their place.',
    what: ({ source }) => `The first line of "${source}" is a record, not a header: it holds an e-mail address, a phone number or a postcode.`,
    where: ({ path }) => ({ file: path, line: 1 }),
    fix: () => 'Have the file exported with its column names, or write them into a first line of their own.',
  }),
  'source.duplicate-column': entry<{ source: string; path: string; line: number; columns: readonly string[] }>({
    exit: EXIT.data,
    cause: 'The export holds a needed column twice: nobody can say which counts.',
    what: ({ source, columns }) => `${quotedList(columns)} of "${source}" stands in the header more than once.`,
    where: ({ path, line }) => ({ file: path, line }),
    fix: () => 'Have the file exported with each column once.',
  }),
  'source.alike-columns': entry<{ source: string; path: string; columns: readonly string[] }>({
    exit: EXIT.data,
    cause: 'Two columns have names that differ in capital letters alone, which the engine takes for one name.',
    what: ({ source, columns }) => `The columns ${quotedList(columns)} of "${source}" differ in capital letters alone.`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Have the file exported with names that differ in more than capital letters.',
  }),
  'source.bad-header': entry<{ source: string; path: string; line: number; reason: 'text-after-quote' | 'quote-in-field' | 'too-long' }>({
    exit: EXIT.data,
    cause: 'The first line is no CSV header: a preamble, a report title or a damaged line.',
    what: ({ source, reason }) =>
      `The header of "${source}" is no CSV: ${{ 'text-after-quote': 'text follows a closing quote', 'quote-in-field': 'a quote stands inside an unquoted name', 'too-long': 'it is longer than a record may be' }[reason]}.`,
    where: ({ path, line }) => ({ file: path, line }),
    fix: () => 'Remove what stands before the header, or have the file exported again.',
  }),
  'source.binary': entry<{ source: string; path: string; looksLike: string | null }>({
    exit: EXIT.data,
    cause: 'The file is no text: a workbook, an archive or a database under the wrong name.',
    what: ({ source, looksLike }) => `The file of "${source}" is binary, no text${looksLike ? `: it looks like ${looksLike}` : ''}.`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Have it exported as text in UTF-8.',
  }),
  'source.not-utf8': entry<{ source: string; path: string; line: number | null; encoding: 'UTF-16' | 'Latin-1' }>({
    exit: EXIT.data,
    cause: 'The export was written in another encoding; names with accents would be garbled.',
    what: ({ source, encoding }) =>
      `The file of "${source}" is not UTF-8: it looks like ${encoding === 'UTF-16' ? 'UTF-16' : 'Latin-1 (ISO 8859-1 or Windows-1252)'}.`,
    where: ({ path, line }) => ({ file: path, line: line ?? undefined }),
    fix: ({ encoding }) =>
      `Have it exported as UTF-8, or convert it: iconv -f ${encoding === 'UTF-16' ? 'UTF-16' : 'WINDOWS-1252'} -t UTF-8 FILE > NEW-FILE`,
  }),
  'source.open-quote': entry<{ source: string; path: string; line: number }>({
    exit: EXIT.data,
    cause: 'The file was cut off in the middle, or a quote was lost: the rest of the file would be one field.',
    what: ({ source }) => `A quote that opens in "${source}" never closes.`,
    where: ({ path, line }) => ({ file: path, line }),
    fix: ({ line }) => `Close or remove the quote on line ${line}, or have the file exported again.`,
  }),
  'source.bad-json': entry<{ source: string; path: string; line: number }>({
    exit: EXIT.data,
    cause: 'The array was cut off, or something in it is not JSON; no part of it can be trusted.',
    what: ({ source }) => `The JSON array of "${source}" does not parse.`,
    where: ({ path, line }) => ({ file: path, line }),
    fix: ({ line }) => `Mend the JSON at line ${line}, or have the file exported again.`,
  }),
  'source.no-object': entry<{ source: string; path: string; line: number }>({
    exit: EXIT.data,
    cause: 'The wrong file was delivered: a page of HTML, a CSV, an error message.',
    what: ({ source }) => `The feed of "${source}" holds no JSON object at all.`,
    where: ({ path, line }) => ({ file: path, line }),
    fix: () => 'Deliver a JSON array of objects, or one object a line.',
  }),
  'source.endless-record': entry<{ source: string; path: string; line: number; limit: string }>({
    exit: EXIT.data,
    cause: 'One JSON record is far larger than any record may be: the file is probably no feed of records.',
    what: ({ source, limit }) => `A JSON record of "${source}" is longer than ${limit}.`,
    where: ({ path, line }) => ({ file: path, line }),
    fix: () => 'Deliver a JSON array of objects, or one object a line.',
  }),
  'source.count-mismatch': entry<{ source: string; path: string; scanned: number; loaded: number }>({
    exit: EXIT.bug,
    cause: 'The file changed while it was read, or the engine read it otherwise than the scan: a fault of Daybook.',
    what: ({ source, scanned, loaded }) => `The records of "${source}" do not add up: ${scanned} were scanned, ${loaded} were loaded.`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Run again when nobody writes to the file; if it stays so, keep the file and report it.',
  }),
  'source.columns-needed': entry<{ source: string; path: string; found: readonly string[] }>({
    exit: EXIT.usage,
    cause: 'JSON has no header, so a script has to say which members it wants.',
    what: ({ source }) => `The columns of "${source}" are not known: JSON has no header.`,
    where: ({ path }) => ({ file: path }),
    fix: ({ found }) =>
      found.length === 0
        ? 'Look at the file: none of its records has a member whose name can be a column.'
        : `Name those that you want: read(path, { columns: [${found
            .slice(0, 20)
            .map((name) => `'${name}'`)
            .join(', ')}] }).`,
  }),
};
