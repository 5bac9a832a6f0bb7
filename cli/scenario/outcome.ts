import type { Config } from '../../toolkit/config/index.ts';
import type { RunDocument } from '../../toolkit/run/index.ts';
import type { State } from '../../toolkit/state/index.ts';

/** What a scenario's run came to; a run that never began has no document. */
export interface Outcome {
  readonly exit: number;
  readonly document: RunDocument | null;
  readonly config: Config | null;
  readonly state: State | null;
}
