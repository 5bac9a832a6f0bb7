import { type Plan, plansOf } from '../plan.ts';
import type { PersonalColumns, PersonalTag } from './tag.ts';

const known = new WeakMap<Plan, PersonalColumns>();

/** Several tags as one: a value that is more than a copy, or mixes what is masked in different ways, is masked whole. */
function merged(tags: readonly PersonalTag[], isCopy: boolean): PersonalTag {
  const classes = [...new Set(tags.flatMap((tag) => tag.classes))].sort();
  const masks = new Set(tags.map((tag) => tag.mask));
  return { classes, mask: isCopy && masks.size === 1 ? (tags[0] as PersonalTag).mask : 'all' };
}

function tagsOf(plan: Plan): PersonalColumns {
  const inputs = plan.inputs.map((input) => known.get(input) as PersonalColumns);
  const found = new Map<string, PersonalTag>();
  for (const column of plan.columns) {
    const origins = plan.origins?.get(column) ?? plan.inputs.map((_, input) => ({ input, column, isCopy: true }));
    const tags = origins.flatMap((origin) => inputs[origin.input]?.get(origin.column) ?? []);
    const own = plan.personal?.get(column);
    if (own) tags.push(own);
    if (tags.length > 0) found.set(column, merged(tags, own !== undefined || origins.every(({ isCopy }) => isCopy)));
  }
  return found;
}

/** The personal columns of a plan: those that are tagged, and whatever is worked out from one. */
export function personalOf(plan: Plan): PersonalColumns {
  for (const at of plansOf(plan).order) if (!known.has(at)) known.set(at, tagsOf(at));
  return known.get(plan) as PersonalColumns;
}
