import { Frame } from '../frame.ts';
import { personalOf } from './of-plan.ts';
import type { PersonalColumns } from './tag.ts';

/**
 * The personal columns of a frame, by name. A column that is worked out from a personal one is personal and masked whole; a copy
 * (`select`, `rename`, `join` …) is masked as what it copies. A count is not personal; every other aggregate of a personal column is.
 */
export const personalColumns = (frame: Frame<object>): PersonalColumns => personalOf(frame.plan);

/** The same frame with some of its columns known to be personal; whatever is worked out from them is personal too. */
export const withPersonal = <R extends object>(frame: Frame<R>, personal: PersonalColumns): Frame<R> =>
  personal.size === 0 ? frame : new Frame<R>({ ...frame.plan, personal: new Map([...(frame.plan.personal ?? []), ...personal]) });
