import { closeSync, openSync, readSync } from 'node:fs';
import type { Checked } from '../../contract/index.ts';
import { col, frameOf, type LooseFrame, literal, lookup, loose, plus, typed, writeParquet } from '../../frame/index.ts';
import type { Extract, Malformed } from '../../source/index.ts';
import { ownerOnly, rejectsFile, syncFile } from '../../state/index.ts';
import { type Job, sourceOrder } from '../job.ts';
import { malformedReason } from '../malformed-reason.ts';
import { REJECT_COLUMNS, type RejectRow } from '../reject-row.ts';

/** Writes every broken rule of every record, with its place, to the run's rejects file, readable by its owner alone. */
export async function writeRejects(job: Job): Promise<void> {
  const lines = [...job.checked.values()].reduce((sum, { counts }) => sum + Object.values(counts.rules).reduce((all, n) => all + n, 0), 0);
  await job.meter.step({ name: 'write rejects', rows: lines }, async () => {
    const parts: LooseFrame[] = [];
    for (const name of sourceOrder(job.request)) {
      const extract = job.extracts.get(name) as Extract;
      const checked = job.checked.get(name) as Checked;
      const rows = placed(name, extract, checked);
      parts.push(job.services.has(name) ? unplaced(rows) : rows, loose(frameOf(malformedRows(name, extract), [...REJECT_COLUMNS])));
    }
    const [first, ...rest] = parts as [LooseFrame, ...LooseFrame[]];
    const file = rejectsFile(job.request.state, job.runId);
    await writeParquet(job.session, typed<RejectRow>(first.concat(...rest)), file);
    await ownerOnly(file);
    // Nothing is published before the disk has what was refused.
    await syncFile(file);
    job.rejectsFile = file;
    return { rows: { rowsIn: lines, rowsOut: lines }, value: undefined };
  });
}

/** The broken rules of well-formed records with file, record and line in the place of the row number. */
function placed(source: string, { files, places }: Extract, { broken }: Checked): LooseFrame {
  const runs = Array.from(places.rows, (row, i) => ({
    row,
    fileIndex: String(places.files[i]),
    recordOffset: places.recordOffsets[i] ?? 0,
    lineOffset: places.lineOffsets[i] ?? 0,
  }));
  const names = Object.fromEntries(files.map((file, i) => [String(i), file.name]));
  return loose(broken)
    .join_asof(loose(frameOf(runs, ['row', 'fileIndex', 'recordOffset', 'lineOffset'])), 'row')
    .derive((c) => ({
      source: literal(source),
      file: lookup(col<string>(c, 'fileIndex'), names, ''),
      line: plus(col<number>(c, 'row'), col<number>(c, 'lineOffset')),
      raw: col<string | null>(c, 'record'),
    }))
    .derive((c) => ({ record: plus(col<number>(c, 'row'), col<number>(c, 'recordOffset')) }))
    .select(...REJECT_COLUMNS);
}

/** Of an answer there is no line, and its key is the value of a record that was asked for: it may be personal. */
const unplaced = (rows: LooseFrame): LooseFrame => rows.derive(() => ({ line: literal(null), key: literal(null) })).select(...REJECT_COLUMNS);

/** The records that could not be read, with their text. */
function malformedRows(source: string, { files, malformed }: Extract): RejectRow[] {
  return files.flatMap((file, index) => {
    const own = malformed.filter((record) => record.file === index);
    if (own.length === 0) return [];
    const handle = openSync(file.path, 'r');
    try {
      return own.map((it) => malformedRow(source, file.name, it, it.text ?? textIn(handle, it)));
    } finally {
      closeSync(handle);
    }
  });
}

/** Read at once and not awaited: there may be tens of thousands of them, and each is short. */
function textIn(handle: number, { from, to }: Malformed): string {
  const bytes = Buffer.allocUnsafe(to - from);
  return bytes.toString('utf8', 0, readSync(handle, bytes, 0, bytes.length, from));
}

const malformedRow = (source: string, file: string, it: Malformed, text: string): RejectRow => ({
  source,
  file,
  record: it.record,
  line: it.line,
  key: null,
  rule: 'record.malformed',
  column: null,
  severity: 'reject',
  reason: malformedReason(it),
  value: null,
  raw: text.replaceAll('\0', '\ufffd'),
});
