import type { EventSink } from '../../toolkit/run/events.ts';

/** What shows how a run goes on, on stderr. */
export interface ProgressSink {
  readonly emit: EventSink;
  /** Takes it off the screen. */
  stop(): Promise<void>;
}
