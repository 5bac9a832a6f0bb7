import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { exportText } from '../../../cli/run/export-rejects.ts';
import { readParquet, Session } from '../../../toolkit/frame/index.ts';
import { openReplay, REJECT_COLUMNS, type RejectRow, type RunDocument } from '../../../toolkit/run/index.ts';
import { openLedger, openState } from '../../../toolkit/state/index.ts';
import { chance } from '../../chance.ts';
import { type Files, generated, RunFolder } from '../../run-in-folder.ts';
import { SLOW } from '../../slow.ts';
import { editCsv, editFeed, type HandEdit } from './by-hand.ts';
import { correctedContent, editedLines, placeOf } from './corrections.ts';

/** More of them by hand: DAYBOOK_REPLAY_SEEDS=200 npx ava tests/end-to-end/replay/equals-by-hand.test.ts */
const SEEDS = Number(process.env['DAYBOOK_REPLAY_SEEDS'] ?? (SLOW ? 2 : 1));
const CUSTOMERS = 300;
const METADATA = new Set(['run_id', 'processed_at', 'created_at', 'updated_at']);
const OFF = { set: ['quality.gates=off'] };

type Edits = Map<string, HandEdit & { readonly source: 'crm' | 'orders' | 'support' | 'postcodes' | 'companies' }>;

const business = (rows: Record<string, unknown>[]) =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !METADATA.has(name))));

async function linesOf(document: RunDocument): Promise<Record<string, unknown>[]> {
  const session = await Session.open();
  try {
    const rejects = readParquet<RejectRow>(document.artefacts.rejects ?? '', REJECT_COLUMNS);
    const parts: string[] = [];
    for await (const part of exportText(rejects, { runId: document.runId ?? '', format: 'ndjson', hasValues: true, session })) parts.push(part);
    return parts
      .join('')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  } finally {
    session.close();
  }
}

/** The reason of a malformed record that nobody touched may change by hand: its quotes meet those of the line that was mended below it. */
const brokenIn = (lines: readonly Record<string, unknown>[], hasPlaces: boolean): string[] =>
  lines
    .map(({ run_id: _, record, line, reason, ...rest }) =>
      JSON.stringify({ ...rest, ...(hasPlaces && { record, line }), ...(rest['rule'] !== 'record.malformed' && { reason }) }),
    )
    .sort();

/** The refused records of a run with other contents, decided by chance. */
function decide(lines: readonly Record<string, unknown>[], before: Edits, files: Files, habits: Parameters<typeof correctedContent>[2]): Edits {
  const edits: Edits = new Map();
  for (const line of lines) {
    const row = {
      ...line,
      raw: typeof line['raw'] === 'object' && line['raw'] !== null ? JSON.stringify(line['raw']) : line['raw'],
    } as unknown as RejectRow;
    const source = row.source as keyof Files;
    const place = placeOf(row);
    if (row.raw === null || edits.has(place)) continue;
    const head = files[source].bytes.toString().replace(/^\ufeff?\s*/, '');
    const header = source === 'orders' ? ['order_id', 'customer_id', 'amount', 'date'] : head.slice(0, head.search(/[\r\n]/)).split(',');
    const content = correctedContent(row, header, habits);
    if (content === undefined) continue;
    edits.set(place, { source, line: row.line as number, wasMalformed: before.get(place)?.wasMalformed ?? row.rule === 'record.malformed', content });
  }
  return edits;
}

const cell = (value: unknown): string => {
  const text = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return `"${text.replaceAll('"', '""')}"`;
};

async function writeExport(path: string, lines: readonly Record<string, unknown>[], isCsv: boolean): Promise<void> {
  const head = isCsv ? [Object.keys(lines[0] ?? {}).join(',')] : [];
  const body = lines.map((line) => (isCsv ? Object.values(line).map(cell).join(',') : JSON.stringify(line)));
  await writeFile(path, `${[...head, ...body].join(isCsv ? '\r\n' : '\n')}\n`);
}

async function byHand(files: Files, edits: Edits): Promise<Files> {
  const of = (source: keyof Files) => [...edits.values()].filter((edit) => edit.source === source);
  return Object.fromEntries(
    Object.entries(files).map(([source, file]) => {
      const own = of(source as keyof Files);
      return [source, { ...file, bytes: source === 'orders' ? editFeed(file.bytes, own) : editCsv(file.bytes, own) }];
    }),
  ) as unknown as Files;
}

/** What a run left: figures, the published table, and the rejects. */
async function outcomeOf(folder: RunFolder, document: RunDocument, hasPlaces: boolean) {
  const { error, rows, rules } = document;
  return { error, rows, rules, published: business(await folder.rows()), broken: brokenIn(await linesOf(document), hasPlaces) };
}

async function handOutcome(files: Files, edits: Edits, hasPlaces: boolean) {
  const folder = await RunFolder.make(await byHand(files, edits));
  try {
    const { document } = await folder.run(OFF);
    return await outcomeOf(folder, document, hasPlaces);
  } finally {
    await folder.remove();
  }
}

async function isEqual(t: ExecutionContext, seed: number): Promise<void> {
  const random = chance(seed);
  const movesLines = seed % 2 === 1;
  const form = seed % 4 < 2 || movesLines ? 'ndjson' : 'array';
  const files = generated(CUSTOMERS, seed, form);
  const folder = await RunFolder.make(files);
  try {
    let last = (await folder.run({ ...OFF, mode: 'validate' })).document;
    const habits = { random, movesLines, customers: Array.from({ length: CUSTOMERS }, (_, i) => 10_001 + i) };
    const all: Edits = new Map();
    const state = await openState(folder.state);
    // The second replay stands on the first: its corrections hold on.
    for (const round of [1, 2]) {
      const lines = await linesOf(last);
      const edits = decide(lines, all, files, habits);
      for (const [place, edit] of edits) all.set(place, edit);
      const file = join(folder.dir, `corrected-${round}`);
      await writeExport(file, editedLines(lines, edits), (seed + round) % 3 === 0);
      const run = await openLedger(state).find(last.runId ?? '');
      const signal = new AbortController().signal;
      const { replay, strayValues } = await openReplay({ run, state, file, force: false, signal, now: () => new Date() });
      t.is(strayValues, 0);
      t.true(replay.corrections.length > 10);
      last = (await folder.run({ ...OFF, replay })).document;
      t.is(last.error, null);
      const [replayed, expected] = [await outcomeOf(folder, last, !movesLines), await handOutcome(files, all, !movesLines)];
      // A difference is told in its smallest part: all rejects and rows at once are too much to read.
      for (const part of ['broken', 'published'] as const) {
        const texts = expected[part].map((it) => JSON.stringify(it));
        t.deepEqual(
          replayed[part].filter((it) => !texts.includes(JSON.stringify(it))),
          [],
        );
      }
      t.deepEqual(replayed, expected);
    }
  } finally {
    await folder.remove();
  }
}

for (let seed = 1; seed <= SEEDS; seed++)
  test.serial(`a replay, and a replay of it, equal a run on files corrected by hand: seed ${seed}`, isEqual, seed);
