import type { Plan } from '../plan.ts';
import { column, type Selected } from '../sql.ts';
import { project, requireColumns, requireDistinct, requireSome, selected } from './columns.ts';

/** Keeps the named columns, in the order given. */
export function select(input: Plan, names: readonly string[]): Plan {
  requireSome('select', names);
  requireColumns('select', input, names);
  return chosen(input, selected([...new Set(names)]));
}

/** Renames columns by a map from old to new name; the rest stays. @throws DaybookError `frame.name-clash` where two columns would share a name */
export function rename(input: Plan, names: Readonly<Record<string, string>>): Plan {
  requireColumns('rename', input, Object.keys(names));
  const to = input.columns.map((name) => (Object.hasOwn(names, name) ? names[name] : undefined) ?? name);
  requireDistinct('rename', to);
  return chosen(
    input,
    input.columns.map((name, i) => [to[i] as string, column(name)]),
  );
}

const chosen = (input: Plan, list: readonly Selected[]): Plan => ({
  ...project(input, list),
  isPlain: input.inputs.length === 0 || input.isPlain === true,
});
