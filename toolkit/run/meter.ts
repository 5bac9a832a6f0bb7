import type { StepFigures } from './document.ts';
import type { EventSink } from './events.ts';

/** How often the memory of the process is looked at while a step works. */
const SAMPLE_MS = 100;

/** Rows that a step read and gave. */
export interface StepRows {
  readonly rowsIn: number;
  readonly rowsOut: number;
}

/** Measures the steps of one run, one after another: wall time, CPU of the process, highest resident memory seen. */
export class Meter {
  readonly figures: StepFigures[] = [];

  constructor(private readonly emit: EventSink) {}

  /** Runs a step and keeps its figures; `work` says how many rows it read and gave. */
  async step<T>(name: string, work: () => Promise<{ readonly rows: StepRows; readonly value: T }>): Promise<T> {
    this.emit({ type: 'step-started', step: name });
    const started = performance.now();
    const cpu = process.cpuUsage();
    let peakBytes = process.memoryUsage.rss();
    const look = () => {
      peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
    };
    const timer = setInterval(look, SAMPLE_MS);
    timer.unref();
    try {
      const { rows, value } = await work();
      look();
      const used = process.cpuUsage(cpu);
      const figures = { name, ...rows, ms: Math.round(performance.now() - started), cpuMs: Math.round((used.user + used.system) / 1000), peakBytes };
      this.figures.push(figures);
      this.emit({ type: 'step-finished', figures });
      return value;
    } finally {
      clearInterval(timer);
    }
  }
}
