import { type Checked, type Contract, check, type Parent } from '../../contract/index.ts';
import { DaybookError } from '../../errors/index.ts';
import type { Source } from '../../pipeline/index.ts';
import type { Extract } from '../../source/index.ts';
import { type Job, sourceOrder } from '../job.ts';
import { lookUp } from './look-up.ts';

/** Checks every source against its contract, parents first; of a lookup that a service answers, what it answered. @throws DaybookError `run.does-not-add-up` */
export async function checkSources(job: Job): Promise<void> {
  const { definition } = job.request.pipeline;
  const parents: Record<string, Parent> = {};
  for (const name of sourceOrder(job.request)) {
    const { contract } = definition.sources[name] as Source;
    const checked = job.services.has(name) ? await lookUp(job, name) : await checkFiles(job, name, contract, parents);
    parents[contract.name] = { accepted: checked.accepted, key: contract.key };
    job.checked.set(name, checked);
    job.request.emit({ type: 'source-checked', source: name, ...checked.counts });
  }
}

const checkFiles = (job: Job, name: string, contract: Contract, parents: Readonly<Record<string, Parent>>): Promise<Checked> =>
  job.meter.step({ name: `check ${name}`, rows: (job.extracts.get(name) as Extract).read }, async () => {
    const value = await checkSource(job, name, contract, parents);
    return { rows: { rowsIn: value.counts.rows.read, rowsOut: value.counts.rows.accepted }, value };
  });

async function checkSource(job: Job, name: string, contract: Contract, parents: Readonly<Record<string, Parent>>): Promise<Checked> {
  const extract = job.extracts.get(name) as Extract;
  const severities = job.request.config.rules[name] ?? {};
  const checked = await check(contract, extract.frame, { session: job.session, severities, parents, malformed: extract.malformed.length });
  const { accepted, rejected } = checked.counts.rows;
  if (accepted + rejected !== extract.read) throw new DaybookError('run.does-not-add-up', { source: name, read: extract.read, accepted, rejected });
  return checked;
}
