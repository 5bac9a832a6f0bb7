import { inspect } from 'node:util';
import type { ColumnTable } from 'arquero';
import type { PersonalColumns, PersonalTag } from './tag.ts';

/** Arquero's verbs hand most columns on as they are: a tag stays with its column. */
const held = new WeakMap<object, PersonalTag>();

const tagsIn = (table: Pick<ColumnTable, 'columnNames' | 'column'>): [string, PersonalTag][] =>
  table.columnNames().flatMap((name): [string, PersonalTag][] => {
    const tag = held.get(table.column(name) as object);
    return tag ? [[name, tag]] : [];
  });

function hold(table: ColumnTable, tags: Iterable<readonly [string, PersonalTag]>): void {
  for (const [name, tag] of tags) {
    const column: unknown = table.column(name);
    if (typeof column === 'object' && column !== null && !held.has(column)) held.set(column, tag);
  }
}

type TableClass = typeof ColumnTable;
let personalTable: TableClass | null = null;

/**
 * The class of tables with personal columns: what a verb makes of one anew under the same name (`slice`, `reify`, a key of `rollup`) is
 * personal too. `console.log`, and a list or an object that holds such a table, print its form alone. Made from the class of a table that is there: importing Arquero would load it for runs that never collect.
 */
const personalClass = (Table: TableClass): TableClass =>
  class PersonalTable extends Table {
    override create(options?: Parameters<ColumnTable['create']>[0]): this {
      const made = super.create(options);
      hold(made, tagsIn(this));
      return made;
    }

    [inspect.custom](): string {
      const personal = tagsIn(this).map(([name]) => name);
      return `[Table: ${this.numCols()} cols x ${this.numRows()} rows, personal: ${personal.join(', ')}. show(table) masks them]`;
    }
  };

/** A table whose personal columns are remembered. */
export function rememberPersonal(table: ColumnTable, personal: PersonalColumns): ColumnTable {
  if (personal.size === 0) return table;
  hold(table, personal);
  personalTable ??= personalClass(table.constructor as TableClass);
  return new personalTable(table.data(), table.columnNames());
}

/**
 * The personal columns of an Arquero table that was collected from a frame, by name, after Arquero's verbs too. A column that Arquero
 * works out under a new name (`derive`, `rollup`) is not known to be personal: work that out on the frame.
 */
export const personalInTable = (table: Pick<ColumnTable, 'columnNames' | 'column'>): PersonalColumns => new Map(tagsIn(table));
