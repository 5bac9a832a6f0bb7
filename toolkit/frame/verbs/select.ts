import type { Plan } from '../plan.ts';
import { column } from '../sql.ts';
import { DaybookError } from '../../errors/index.ts';
import { project, requireColumns, selected } from './columns.ts';

/** Keeps the named columns, in the order given. */
export function select(input: Plan, names: readonly string[]): Plan {
  requireColumns('select', input, names);
  return project(input, selected([...new Set(names)]));
}

/** Renames columns by a map from old to new name; the rest stays. @throws DaybookError `frame.name-clash` where two columns would share a name */
export function rename(input: Plan, names: Readonly<Record<string, string>>): Plan {
  requireColumns('rename', input, Object.keys(names));
  const to = input.columns.map((name) => names[name] ?? name);
  const twice = to.filter((name, i) => to.indexOf(name) !== i);
  if (twice.length > 0) throw new DaybookError('frame.name-clash', { verb: 'rename', columns: twice });
  return project(input, input.columns.map((name, i) => [to[i] as string, column(name)]));
}
