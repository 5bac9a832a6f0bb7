import { gateLimits } from '../../config/index.ts';
import type { Checked } from '../../contract/index.ts';
import { DaybookError } from '../../errors/index.ts';
import { openLedger } from '../../state/index.ts';
import type { GateResult } from '../document.ts';
import { type Job, sourceOrder } from '../job.ts';

/** The limits that a source is judged by. */
type Limit = 'maxRejectedPercent' | 'minRows' | 'maxDropPercent';

/**
 * Judges every source by the limits of its environment. All are judged and told before the first that failed stops the run.
 * A trial (`--limit`) is not judged. How many answers of a service there are is not judged either: a run goes on without it.
 * @throws DaybookError `run.gate-failed`
 */
export async function judgeGates(job: Job): Promise<void> {
  const { config, pipeline, environment, state, limit } = job.request;
  if (limit !== undefined || config.quality.gates === 'off') return;
  const before = await openLedger(state).lastSucceeded(pipeline.definition.name, environment);
  for (const source of sourceOrder(job.request)) {
    const limits = gateLimits(config, source);
    if (!limits) continue;
    const { read, rejected } = (job.checked.get(source) as Checked).counts.rows;
    judge(job, source, 'maxRejectedPercent', limits.maxRejectedPercent, percent(rejected, read));
    if (job.services.has(source)) continue;
    judge(job, source, 'minRows', limits.minRows, read);
    const last = before?.document.rows[source]?.read;
    if (last !== undefined && limits.maxDropPercent < 100)
      judge(job, source, 'maxDropPercent', limits.maxDropPercent, Math.max(0, percent(last - read, last)));
  }
  const failed = job.gates.find((gate) => !gate.passed);
  if (failed) throw gateError(failed);
}

/** Share in percent, exact enough to compare; 0 of 0 is 0. */
const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 1_000_000) / 10_000);

function judge(job: Job, source: string, name: Limit, limit: number, actual: number): void {
  const passed = name === 'minRows' ? actual >= limit : actual <= limit;
  const gate: GateResult = { name: `${source}.${name}`, limit, actual, passed };
  job.gates.push(gate);
  job.request.emit({ type: 'gate-judged', gate });
}

function gateError({ name, limit, actual }: GateResult): DaybookError {
  const [source = '', key = ''] = name.split('.');
  return new DaybookError('run.gate-failed', { gate: name, limit, actual, source, key: `quality.perSource.${source}.${key}` });
}
