import type { Effects } from './effects.ts';
import { type Paper, paperOf } from './render/paper.ts';

/** What a command is run with: the effects, and the two papers it writes on. */
export interface Context extends Effects {
  /** On stdout: what was asked for. */
  readonly out: Paper;
  /** On stderr: progress, notices, errors. */
  readonly err: Paper;
}

export const contextOf = (effects: Effects): Context => ({
  ...effects,
  out: paperOf(effects.stdout, effects.env),
  err: paperOf(effects.stderr, effects.env),
});
