import type { StepFigures } from './document.ts';
import type { EventSink } from './events.ts';

/** How often memory is looked at while a step works. */
const SAMPLE_MS = 100;

/** Rows that a step read and gave. */
export interface StepRows {
  readonly rowsIn: number;
  readonly rowsOut: number;
}

/** What a step is, and how many rows go into it where that is known. */
export interface MeteredStep {
  readonly name: string;
  readonly rows: number | null;
}

export interface MeterOptions {
  readonly emit: EventSink;
  /** When the run began, on the clock of `performance.now()`. */
  readonly startedMs: number;
  /** What the engine has spilled to disk at this moment. */
  readonly spilledBytes: () => Promise<number>;
}

/** Measures the steps of one run: wall time, CPU and highest resident memory of the process, most bytes spilled. */
export class Meter {
  readonly figures: StepFigures[] = [];
  readonly #options: MeterOptions;

  constructor(options: MeterOptions) {
    this.#options = options;
  }

  /** Runs a step and keeps its figures; `work` says how many rows it read and gave. */
  async step<T>({ name, rows }: MeteredStep, work: () => Promise<{ readonly rows: StepRows; readonly value: T }>): Promise<T> {
    const { emit, startedMs } = this.#options;
    emit({ type: 'step-started', step: name, rows });
    const started = performance.now();
    const cpu = process.cpuUsage();
    const watch = this.#watch();
    try {
      const done = await work();
      const { user, system } = process.cpuUsage(cpu);
      const [from, to] = [Math.round(started - startedMs), Math.round(performance.now() - startedMs)];
      const figures = { name, ...done.rows, startMs: from, ms: to - from, cpuMs: Math.round((user + system) / 1000), ...(await watch.stop()) };
      this.figures.push(figures);
      emit({ type: 'step-finished', figures });
      return done.value;
    } finally {
      await watch.stop();
    }
  }

  /** Looks at memory now and then until it is stopped, and once more then. */
  #watch() {
    const most = { peakBytes: 0, spilledBytes: 0 };
    let looking: Promise<void> | null = null;
    const look = async () => {
      most.peakBytes = Math.max(most.peakBytes, process.memoryUsage.rss());
      // An engine that can no longer answer says so in the step itself.
      most.spilledBytes = Math.max(most.spilledBytes, await this.#options.spilledBytes().catch(() => 0));
      looking = null;
    };
    const timer = setInterval(() => (looking ??= look()), SAMPLE_MS);
    timer.unref();
    let stopped: Promise<typeof most> | null = null;
    const stop = async () => {
      clearInterval(timer);
      await looking;
      await look();
      return most;
    };
    return { stop: () => (stopped ??= stop()) };
  }
}
