import type { Checked } from '../../contract/index.ts';
import { type Frame, keep } from '../../frame/index.ts';
import type { Step } from '../../pipeline/index.ts';
import type { Job } from '../job.ts';

/** Works out every step of the pipeline in order; each keeps its rows, so that it can be counted, timed and read again. */
export async function runSteps(job: Job): Promise<void> {
  const { pipeline, config, asOf } = job.request;
  const context = { asOf: new Date(`${asOf}T00:00:00Z`), settings: config.settings, services: new Set(job.services.keys()) };
  for (const step of pipeline.definition.steps) {
    const rowsIn = rowsRead(job, step);
    await job.meter.step({ name: step.name, rows: rowsIn }, async () => {
      const frame = step.run(inputsOf(job), context);
      const kept = await keep(job.session, frame, step.name, `work out "${step.name}"`);
      const rows = await kept.frame.count({ session: job.session });
      job.steps.set(step.name, { ...kept, rows });
      return { rows: { rowsIn, rowsOut: rows }, value: undefined };
    });
  }
}

const inputsOf = (job: Job): Readonly<Record<string, Frame<object>>> => ({
  ...Object.fromEntries([...job.checked].map(([name, { accepted }]) => [name, accepted])),
  ...Object.fromEntries([...job.steps].map(([name, { frame }]) => [name, frame])),
});

const rowsRead = (job: Job, step: Step): number =>
  step.reads.reduce((sum, name) => sum + (job.steps.get(name)?.rows ?? (job.checked.get(name) as Checked | undefined)?.counts.rows.accepted ?? 0), 0);
