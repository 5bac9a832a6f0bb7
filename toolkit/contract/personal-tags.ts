import type { PersonalColumns, PersonalTag } from '../frame/index.ts';
import type { Contract } from './contract.ts';

const ALL = 'all';

/** The personal columns of a contract's accepted records; a field that says no mask is masked whole. */
export const acceptedTags = (it: Contract): PersonalColumns =>
  new Map(
    Object.entries(it.fields).flatMap(([name, { meta }]): [string, PersonalTag][] =>
      meta.personal ? [[name, { classes: [meta.personal], mask: meta.mask ?? ALL }]] : [],
    ),
  );

/** The personal columns of its broken rules: the raw value and record of any field, and the key where that is personal. */
export function brokenTags(it: Contract): PersonalColumns {
  const accepted = acceptedTags(it);
  if (accepted.size === 0) return new Map();
  const classes = [...new Set([...accepted.values()].flatMap((tag) => tag.classes))].sort();
  const key = accepted.get(it.key);
  return new Map<string, PersonalTag>([
    ...(key ? [['key', key] as const] : []),
    ['value', { classes, mask: ALL }],
    ['record', { classes, mask: ALL }],
  ]);
}
