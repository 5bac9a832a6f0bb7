import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunDocument } from '../../../toolkit/run/index.ts';
import { daybook, type Said } from '../../cli/scene.ts';
import { type ReferenceFile, type ReferenceResult, reference, type SourceName } from '../../reference/index.ts';
import { rowOf } from '../../reference-row.ts';
import { type Files, RunFolder, SOURCES } from '../../run-in-folder.ts';
import { isThreeLineError } from '../../three-lines.ts';
import type { Clean } from './clean.ts';
import { cleanCsv, quoted } from './clean-csv.ts';
import { cleanFeed } from './clean-feed.ts';
import { isDue } from './judge-reader.ts';
import { type Polluted, toolsOf } from './pollute.ts';
import { bytesOf, type Fields, type Outcome, outcomeOf, type Sheet } from './sheet.ts';

const AS_OF = '2026-01-01';
/** Beyond any record: what is too long is left out before the reference reads. */
const NO_LIMIT = 1 << 30;

const fileOf = (sheet: Sheet): ReferenceFile => ({ name: `${sheet.source}.${sheet.form === 'csv' ? 'csv' : 'json'}`, bytes: bytesOf(sheet) });

/** The five files of a run, one of them polluted. */
function filesAround({ sheet, seed }: Polluted, clean: Clean): Files {
  const tools = toolsOf(seed + 1);
  const of = (source: SourceName): Sheet =>
    source === sheet.source ? sheet : source === 'orders' ? cleanFeed(clean, 'lines', tools) : cleanCsv(clean, source, tools);
  return Object.fromEntries(SOURCES.map((source) => [source, fileOf(of(source))])) as unknown as Files;
}

/** A clean file of the records alone that are to be kept. */
function keptOf(sheet: Sheet): ReferenceFile {
  const { form, columns, lines } = sheet;
  const records = lines.filter(({ is }) => typeof is !== 'string');
  const csv = () =>
    [columns, ...records.map(({ is }) => columns.map((name) => String((is as Fields)[name] ?? '')))].map((row) => row.map(quoted).join(','));
  const feed = () => records.map(({ text }) => text.replaceAll('\n', ' '));
  return { name: fileOf(sheet).name, bytes: Buffer.from(`${(form === 'csv' ? csv() : feed()).join('\n')}\n`) };
}

/** What the reference makes of the kept records, with the malformed ones and the places of all in the polluted file. */
function expectedOf(
  { sheet }: Polluted,
  files: Files,
  { records }: Outcome,
): Pick<ReferenceResult, 'rows' | 'rules' | 'customers'> & { readonly broken: string[] } {
  const result = reference({
    sources: Object.fromEntries(SOURCES.map((source) => [source, [source === sheet.source ? keptOf(sheet) : files[source]]])) as never,
    asOf: AS_OF,
    recordLimitBytes: NO_LIMIT,
  });
  const { source } = sheet;
  const malformed = records.filter(({ fields }) => fields === null);
  const kept = records.filter(({ fields }) => fields !== null);
  const count = malformed.length;
  const rows = result.rows[source];
  const places = malformed.map(({ record, line }) =>
    placeOf({ source, file: files[source].name, record, line, key: null, rule: 'record.malformed' }),
  );
  const others = result.broken.map((it) => placeOf(it.source === source ? { ...it, ...kept[it.record - 1] } : it));
  return {
    rows: { ...result.rows, [source]: { ...rows, read: rows.read + count, rejected: rows.rejected + count } },
    rules: { ...result.rules, [source]: { ...result.rules[source], 'record.malformed': count } },
    customers: result.customers,
    broken: [...places, ...others].sort(),
  };
}

interface Place {
  readonly source: string;
  readonly file: string;
  readonly record: number;
  readonly line: number | null;
  readonly key: string | null;
  readonly rule: string;
}
const placeOf = ({ source, file, record, line, key, rule }: Place): string => [source, file, record, line, key, rule].join(' | ');

/** Runs customer-360 by the command, one source polluted, and says what is not as it has to be. */
export async function judgeRun(polluted: Polluted, clean: Clean): Promise<string[]> {
  const files = filesAround(polluted, clean);
  const folder = await RunFolder.make(files);
  try {
    const settings = settingsOf(folder, polluted.sheet);
    const said = await daybook(['run', 'customer-360', '--json', '--as-of', AS_OF, ...settings]);
    const document = JSON.parse(said.out) as RunDocument;
    const outcome = outcomeOf(polluted.sheet);
    if (outcome.stop) return await doubtsOfStop(outcome.stop, { said, document, folder, file: files[polluted.sheet.source].name });
    if (said.code !== 0) return [`ended with ${said.code}: ${document.error?.code}`];
    const { out } = await daybook(['rejects', 'export', 'latest', '--format', 'ndjson', ...settings]);
    return await doubtsOfLoad(expectedOf(polluted, files, outcome), { document, folder, rejects: out });
  } finally {
    await folder.remove();
  }
}

const settingsOf = (folder: RunFolder, { recordLimitBytes }: Sheet): string[] =>
  [
    ...SOURCES.map((source) => `sources.${source}=${join(folder.dir, 'in', folder.names.get(source) ?? '')}`),
    `warehouse.path=${folder.warehouse}`,
    `state.dir=${folder.state}`,
    'quality.gates=off',
    `limits.record=${recordLimitBytes}`,
  ].flatMap((word) => ['--set', word]);

interface Stopped {
  readonly said: Said;
  readonly document: RunDocument;
  readonly folder: RunFolder;
  readonly file: string;
}

/** The run stopped: for the reason that was due, at its line, in three lines, and nothing is published. */
async function doubtsOfStop(stop: NonNullable<Outcome['stop']>, { said, document, folder, file }: Stopped): Promise<string[]> {
  const line = new RegExp(`/in/${file.replace('.', '\\.')}:([0-9]+)`).exec(said.err)?.[1];
  const found = { code: document.error?.code ?? 'none', exit: said.code, line: line === undefined ? null : Number(line), text: said.err };
  const rows = existsSync(folder.warehouse) ? await folder.rows().catch(() => []) : [];
  return [
    ...(isDue(stop, found) ? [] : [`due: ${stop.why}, line ${stop.line}; found: ${found.code}, line ${found.line}, exit ${found.exit}`]),
    ...(isThreeLineError(said.err) ? [] : ['the error has not three lines']),
    ...(rows.length === 0 ? [] : ['something is published']),
  ];
}

interface Loaded {
  readonly document: RunDocument;
  readonly folder: RunFolder;
  readonly rejects: string;
}

/** The run went on: counts, rules, places of what was refused and warned, and every published row. */
async function doubtsOfLoad(expected: ReturnType<typeof expectedOf>, { document, folder, rejects }: Loaded): Promise<string[]> {
  const broken = rejects.split('\n').filter((line) => line !== '');
  const published = new Map((await folder.rows()).map((row) => [row['customer_id'], row]));
  const customers = expected.customers.map(rowOf);
  const shown = customers.map((want) =>
    Object.fromEntries(Object.keys(want).map((name) => [name, published.get(want['customer_id'] as number)?.[name]])),
  );
  return [
    ...differences('rows', document.rows, expected.rows),
    ...differences('rules', document.rules, expected.rules),
    ...differences('rejects', broken.map((line) => placeOf(JSON.parse(line) as Place)).sort(), expected.broken),
    ...differences('published', shown, customers),
    ...(published.size === customers.length ? [] : [`${published.size} customers published, ${customers.length} due`]),
  ];
}

const sorted = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([k, v]) => [k, sorted(v)]),
      )
    : value;

function differences(what: string, found: object, due: object): string[] {
  const [a, b] = [found, due].map((value) => Object.entries(value).map(([key, it]) => `${key} ${JSON.stringify(sorted(it))}`)) as [
    string[],
    string[],
  ];
  const [extra, missing] = [a.filter((it) => !b.includes(it)), b.filter((it) => !a.includes(it))];
  return extra.length + missing.length === 0 ? [] : [`${what}: found ${extra.slice(0, 2).join(', ')}; due ${missing.slice(0, 2).join(', ')}`];
}
