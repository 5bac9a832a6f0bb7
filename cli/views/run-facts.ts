import type { ReplayOf, RunDocument } from '../../toolkit/run/document.ts';
import type { RunMode } from '../../toolkit/run/events.ts';
import type { Meanings } from '../run/meanings.ts';

/** Everything the summary of a run says. */
export interface RunFacts {
  readonly document: RunDocument;
  readonly mode: RunMode | null;
  /** Whether only the first records of each source were looked at. */
  readonly isPartial: boolean;
  /** What it is a replay of; null for a run of its own. */
  readonly replay: ReplayOf | null;
  /** The runs that replay it. */
  readonly replayedBy: readonly string[];
  readonly meanings: Meanings | null;
  /** The warehouse's file; null where it is not known. */
  readonly warehouse: string | null;
  readonly cwd: string;
  /** How Daybook is called here. */
  readonly program: string;
  /** What has to follow a shown command so that it finds the same state: ` --set state.dir=…`, or nothing. */
  readonly options: string;
  /** Whether every rule is listed, with its code and share. */
  readonly isFull: boolean;
}
