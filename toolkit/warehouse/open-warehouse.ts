import { DaybookError } from '../errors/index.ts';
import { type SqliteOptions, sqliteWarehouse } from './sqlite/sqlite-warehouse.ts';
import type { Warehouse } from './warehouse.ts';

/** Which warehouse, and what it needs. A further kind is a further member. */
export type WarehouseOptions = { readonly kind: 'sqlite' } & SqliteOptions;

/**
 * The warehouse of the configured kind; nothing is opened or created yet.
 *
 * @throws DaybookError `warehouse.unknown-kind`
 */
export function openWarehouse(options: WarehouseOptions): Warehouse {
  switch (options.kind) {
    case 'sqlite':
      return sqliteWarehouse(options);
    default:
      throw new DaybookError('warehouse.unknown-kind', { kind: String(options.kind satisfies never) });
  }
}
