import { type Checked, rawNames, valueColumns } from '../../contract/index.ts';
import { DaybookError } from '../../errors/index.ts';
import { col, isNotNull, keep, type LooseFrame, loose, rowsOf, typed } from '../../frame/index.ts';
import type { LookupService, Source } from '../../pipeline/index.ts';
import { type Answers, askService, PROTOCOLS, type ServiceAddress, type ServiceReply } from '../../source/index.ts';
import { answerFiles, openJournal } from '../../state/index.ts';
import type { Job } from '../job.ts';
import { FOUND, foundAnswers, keysToAsk } from '../kept-answers.ts';
import { earlierAnswers, type LookUp, type Settled, settle } from '../settle-answers.ts';

/**
 * Looks up at its service what the accepted records of another source need and no fresh answer of an earlier run holds. A service
 * that does not answer stops nothing: earlier answers stand, whatever their age, and what remains is told.
 *
 * - Records are the values that the service knows, asked for now or earlier. What it does not know, or did not answer, is none.
 * @throws DaybookError `run.cancelled`, `run.does-not-add-up`, `state.*`, `engine.*`
 */
export async function lookUp(job: Job, name: string): Promise<Checked> {
  const it = await begin(job, name);
  const { key } = it.contract;
  const earlier = await earlierAnswers(it);
  const wanted = keysToAsk(it.asked, earlier, key, job.request.config.services, it.now);
  const reply = await job.meter.step({ name: `read ${name}`, rows: null }, async () => {
    const rows = await rowsOf<Record<string, string>>(job.session, typed(wanted), 'choose what to ask');
    const keys = rows.map((row) => row[key] as string);
    const value = await ask(it, keys);
    return { rows: { rowsIn: keys.length, rowsOut: value.answered }, value };
  });
  return job.meter.step({ name: `check ${name}`, rows: reply.answered }, async () => {
    const settled = await settle(it, earlier, it.now);
    job.extracts.set(name, settled.extract);
    job.request.emit({ type: 'source-read', source: name, files: [it.address.shown], records: settled.extract.read, malformed: 0 });
    await tellSilence(it, wanted.antijoin(settled.answered, key), settled.known, reply);
    const value = await withEarlier(it, settled);
    return { rows: { rowsIn: value.counts.rows.read, rowsOut: value.counts.rows.accepted }, value };
  });
}

async function begin(job: Job, name: string): Promise<LookUp> {
  const { pipeline, state, now } = job.request;
  const { contract, service } = pipeline.definition.sources[name] as Source & { readonly service: LookupService };
  const address = job.services.get(name) as ServiceAddress;
  const values = recordsOf(job, service)
    .filter((c) => isNotNull(col<string | null>(c, service.field)))
    .groupby(service.field)
    .rollup(() => ({}))
    .rename({ [service.field]: contract.key });
  const asked = loose((await keep(job.session, typed(values), `asked_${name}`)).frame);
  const files = answerFiles(state, { pipeline: pipeline.definition.name, source: name, address: address.base.href });
  const [rawKey = contract.key] = rawNames(contract.fields, contract.key);
  return { job, name, contract, rawKey, service, address, files, asked, now: now() };
}

/** The accepted records that are looked up. */
const recordsOf = ({ checked }: Job, { source }: LookupService): LooseFrame => loose((checked.get(source) as Checked).accepted);

/** Asks the service; its answers go to the journal as they come. */
async function ask({ job, name, service, rawKey, address, files }: LookUp, keys: readonly string[]): Promise<ServiceReply> {
  const { config, emit, signal } = job.request;
  const journal = openJournal(files);
  let done = 0;
  const onAnswers = (answers: Answers) => {
    journal.add([...answers].map(([value, record]) => ({ [rawKey]: value, [FOUND]: record ? 1 : 0, ...record })));
    done += answers.size;
    emit({ type: 'step-progress', step: `read ${name}`, done, total: keys.length, unit: 'rows' });
  };
  try {
    const limits = { ...config.services, budgetMs: config.services.budgetSeconds * 1000 };
    const reply = await askService({ address, protocol: PROTOCOLS[service.protocol], keys, limits, signal, onAnswers });
    const { answered, requests, failures } = reply;
    if (keys.length > 0) emit({ type: 'service-asked', source: name, service: address.shown, asked: keys.length, answered, requests, failures });
    return reply;
  } finally {
    journal.close();
  }
}

/** What the records need of all that is known, with the counts of what came now. @throws DaybookError `run.does-not-add-up` */
async function withEarlier({ job, name, contract, asked }: LookUp, { extract, checked, known }: Settled): Promise<Checked> {
  const { rows, rules } = checked.counts;
  if (rows.accepted + rows.rejected !== extract.read) throw new DaybookError('run.does-not-add-up', { source: name, ...rows, read: extract.read });
  const needed = foundAnswers(known)
    .semijoin(asked, contract.key)
    .select(...valueColumns(contract));
  const accepted = await typed(needed).count({ session: job.session });
  return { ...checked, accepted: typed(needed), counts: { rows: { ...rows, read: accepted + rows.rejected, accepted }, rules } };
}

/** Tells how many records go without a look-up because the service did not answer. */
async function tellSilence(
  { job, name, service, contract, address }: LookUp,
  silent: LooseFrame,
  known: LooseFrame,
  reply: ServiceReply,
): Promise<void> {
  const { session, request } = job;
  const older = await typed(silent.semijoin(known, contract.key)).count({ session });
  const lost = silent.antijoin(known, contract.key).rename({ [contract.key]: service.field });
  const records = await typed(recordsOf(job, service).semijoin(lost, service.field)).count({ session });
  if (older + records === 0) return;
  const { failures, gaveUp } = reply;
  const of = { source: name, service: address.shown, of: service.source };
  const { code, message } = new DaybookError('service.unanswered', { ...of, records, older, failures, gaveUp });
  request.emit({ type: 'notice', code, message });
}
