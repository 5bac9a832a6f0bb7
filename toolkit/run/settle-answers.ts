import { type Checked, type Contract, check, rawColumns } from '../contract/index.ts';
import { DaybookError } from '../errors/index.ts';
import { col, eq, flag, frameOf, keep, type LooseFrame, loose, typed } from '../frame/index.ts';
import type { LookupService } from '../pipeline/index.ts';
import { type Extract, readJson, type ServiceAddress } from '../source/index.ts';
import { type AnswerFiles, dropJournal, leftJournal, readAnswers, writeAnswers } from '../state/index.ts';
import type { Job } from './job.ts';
import { answerColumns, FOUND, foundAnswers, keptAnswers } from './kept-answers.ts';

/** One lookup at a service: what is asked, for whom, and where answers are kept. */
export interface LookUp {
  readonly job: Job;
  readonly name: string;
  readonly contract: Contract;
  /** The raw name of the contract's key: what answers are journalled under. */
  readonly rawKey: string;
  readonly service: LookupService;
  readonly address: ServiceAddress;
  readonly files: AnswerFiles;
  /** The values to look up, each once, under the name of the contract's key. */
  readonly asked: LooseFrame;
  readonly now: Date;
}

/** Answers as they were journalled, checked, and all that is known with them. */
export interface Settled {
  readonly extract: Extract;
  readonly checked: Checked;
  /** The keys that were answered. */
  readonly answered: LooseFrame;
  readonly known: LooseFrame;
}

/** Reads and checks the journal, and keeps what it adds to what was known. */
export async function settle(it: LookUp, earlier: LooseFrame, answeredAt: Date): Promise<Settled> {
  const { job, name, contract, rawKey, address, files, asked, now } = it;
  const { session, request } = job;
  const { config, signal } = request;
  const shape = { name, columns: [...rawColumns(contract), FOUND], key: rawKey, keyReadsAs: 'text' } as const;
  const read = await readJson(session, shape, [files.journal], { scratchFolder: job.scratch, recordLimitBytes: config.limits.record, signal });
  const answers = loose(read.frame).derive((c) => ({ [FOUND]: flag(eq(col<string | null>(c, FOUND), '1')) }));
  const rows = foundAnswers(answers);
  const checked = await check(contract, typed(rows), { session, severities: config.rules[name] ?? {} });
  const answered = answers.select(rawKey, FOUND).rename({ [rawKey]: contract.key });
  const found = await typed(rows).count({ session });
  const extract = { ...read, read: found, malformed: [], files: read.files.map((file) => ({ ...file, name: address.shown })) };
  if (read.read === 0) {
    await dropJournal(files);
    return { extract, checked, answered, known: earlier };
  }
  const all = { answered, accepted: loose(checked.accepted), known: earlier, asked };
  const kept = await keep(session, typed(keptAnswers(contract, all, { answeredAt, now, ages: config.services })), `answers_${name}`);
  await writeAnswers(session, files, kept.frame);
  return { extract, checked, answered, known: loose(kept.frame) };
}

/** What earlier runs were told. What one that was killed has left in the journal is taken up. */
export async function earlierAnswers(it: LookUp): Promise<LooseFrame> {
  const known = await readKept(it);
  const left = await leftJournal(it.files);
  if (left === null) return known;
  try {
    return (await settle(it, known, left < it.now ? left : it.now)).known;
  } catch (fault) {
    // The disk lost it, or there is not one whole line.
    if (!(fault instanceof DaybookError) || !fault.code.startsWith('source.')) throw fault;
    await dropJournal(it.files);
    return known;
  }
}

async function readKept({ job, contract, files, now }: LookUp): Promise<LooseFrame> {
  const columns = answerColumns(contract);
  try {
    const kept = await readAnswers<Record<string, unknown>>(job.session, files, columns, now);
    if (kept) return loose(kept);
  } catch (fault) {
    if (!(fault instanceof DaybookError) || fault.code !== 'state.answers-damaged') throw fault;
    job.request.emit({ type: 'notice', code: fault.code, message: fault.message });
  }
  return loose(frameOf<Record<string, unknown>>([], columns));
}
