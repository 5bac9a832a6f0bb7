import type { StepFigures } from '../../toolkit/run/document.ts';
import { bytes, count, duration } from '../render/numbers.ts';
import type { Paper } from '../render/paper.ts';
import { table } from '../render/table.ts';

/** The steps of a run with rows, time and memory. */
export function stepsTable(steps: readonly StepFigures[], paper: Paper): string[] {
  if (steps.length === 0) return [];
  const right = (title: string) => ({ title, align: 'right' as const });
  const rows = steps.map(({ name, rowsIn, rowsOut, ms, cpuMs, peakBytes, spilledBytes }) => [
    name,
    count(rowsIn),
    count(rowsOut),
    duration(ms),
    duration(cpuMs),
    bytes(peakBytes),
    spilledBytes > 0 ? bytes(spilledBytes) : '',
  ]);
  return table([{ title: 'step' }, right('rows in'), right('rows out'), right('time'), right('CPU'), right('memory'), right('spilled')], rows, paper);
}
