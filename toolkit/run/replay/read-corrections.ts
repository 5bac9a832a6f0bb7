import { DaybookError } from '../../errors/index.ts';
import { and, asText, coalesce, col, isNull, type LooseColumns, loose, neq, or, readParquet, rowsOf, typed } from '../../frame/index.ts';
import { objectTexts, type RecordContent, type RecordTexts } from '../../source/index.ts';
import { REJECT_COLUMNS, type RejectRow } from '../reject-row.ts';
import { type Correction, isSame, placeOf } from './correction.ts';
import { type Reading, type ReturnedLines, readLines } from './read-lines.ts';

/** What a person corrected. */
export interface ReadCorrections {
  /** Each record once, in the order of the file. */
  readonly corrections: readonly Correction[];
  /** Lines whose `value` was changed, which is not read. */
  readonly strayValues: number;
}

/** A line that differs from what was exported, beside what the rejects say there. */
interface Differing {
  readonly row: number | bigint;
  readonly run_id: string | null;
  readonly source: string;
  readonly file: string;
  readonly record: string;
  readonly rule: string;
  readonly raw: string | null;
  /** Null where the rejects have no such line. */
  readonly severity: string | null;
  readonly rejected: string | null;
}

/** What corrections are read against. */
export interface Rejected {
  readonly runId: string;
  /** The run's rejects. */
  readonly file: string;
}

const LINE = ['source', 'file', 'record', 'rule'];

/**
 * Reads what `rejects export --values` gave and a person corrected: of each refused record the content that counts instead.
 *
 * - `raw` alone is read: the texts of a well-formed record, the text of a malformed one; emptied, the record is left out.
 * - A line that is as it was exported, or is not there, leaves its record as it was.
 * @throws DaybookError `replay.*` for what is no such export or contradicts itself, `source.*` for a file that cannot be read
 */
export async function readCorrections(path: string, rejects: Rejected, reading: Reading): Promise<ReadCorrections> {
  const returned = await readLines(path, reading);
  const found = new Map<string, Correction & { readonly line: number }>();
  let strayValues = 0;
  for (const it of await differing(returned, rejects, reading)) {
    const line = returned.lineOf(Number(it.row));
    const content = correctedContent(it, { path, line, runId: rejects.runId, isCsv: returned.isCsv });
    if (content === null) strayValues += 1;
    if (content === null || isSame(content.before, content.after)) continue;
    const correction = { source: it.source, file: it.file, record: Number(it.record), ...content, line };
    const place = placeOf(correction);
    const other = found.get(place);
    if (other && !isSame(other.after, correction.after)) {
      const { source, file, record } = correction;
      throw new DaybookError('replay.contradiction', { path, line, other: other.line, source, file, record });
    }
    if (!other) found.set(place, correction);
  }
  return { corrections: [...found.values()].map(({ line: _, ...correction }) => correction), strayValues };
}

const textOf = (c: LooseColumns, name: string) => coalesce(col<string | null>(c, name), '');

/** The lines that are not as they were exported. */
async function differing({ lines }: ReturnedLines, { runId, file }: Rejected, { session }: Reading): Promise<Differing[]> {
  const known = loose(readParquet<RejectRow>(file, REJECT_COLUMNS))
    .derive((c) => ({ record: asText(col<number>(c, 'record')) }))
    .select(...LINE, 'severity', 'value', 'raw')
    .rename({ value: 'wrong', raw: 'rejected' });
  const beside = loose(lines)
    .select('row', 'run_id', ...LINE, 'value', 'raw')
    .join_left(known, LINE)
    .filter((c) =>
      or(
        neq(textOf(c, 'run_id'), runId),
        isNull(col<string | null>(c, 'severity')),
        neq(textOf(c, 'raw'), textOf(c, 'rejected')),
        and(neq(textOf(c, 'value'), ''), neq(textOf(c, 'value'), textOf(c, 'wrong'))),
      ),
    )
    .select('row', 'run_id', ...LINE, 'raw', 'severity', 'rejected')
    .orderby('row');
  return rowsOf<Differing>(session, typed<Differing>(beside), 'compare the corrections with the rejects');
}

interface Where {
  readonly path: string;
  readonly line: number;
  readonly runId: string;
  readonly isCsv: boolean;
}

/** What a line says was there and is to be there; null where its `raw` is as it was. */
function correctedContent(it: Differing, { path, line, runId, isCsv }: Where): { before: RecordContent; after: RecordContent | null } | null {
  const at = { path, line };
  if (it.run_id !== runId) throw new DaybookError('replay.other-run', { ...at, runId });
  if (it.severity === null) throw new DaybookError('replay.unknown-line', { ...at, runId });
  const raw = it.raw ?? (isCsv ? '' : null);
  if (it.rejected === null) {
    if (raw) throw new DaybookError('replay.warned-record', at);
    return null;
  }
  if (raw === null) throw new DaybookError('replay.without-values', at);
  if (raw === it.rejected) return null;
  if (it.rule === 'record.malformed') return { before: it.rejected, after: raw === '' ? null : raw };
  const before = JSON.parse(it.rejected) as RecordTexts;
  return { before, after: raw === '' ? null : correctedTexts(raw, Object.keys(before), at) };
}

/** The texts of a corrected record, which must have the columns that it was exported with. */
function correctedTexts(raw: string, columns: readonly string[], at: { readonly path: string; readonly line: number }): RecordTexts {
  const texts = objectTexts(raw, columns);
  if (texts === null) throw new DaybookError('replay.bad-record', at);
  const names = Object.keys(JSON.parse(raw) as object);
  const missing = columns.filter((name) => !names.includes(name));
  if (missing.length > 0 || names.some((name) => !columns.includes(name))) throw new DaybookError('replay.other-columns', { ...at, missing });
  return texts;
}
