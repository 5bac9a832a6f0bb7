export { openWarehouse, type WarehouseOptions } from './open-warehouse.ts';
export { type PublishedValue, publishedRows, type TableSummary, tableSummary } from './sqlite/published-rows.ts';
export { extensionLoads, installExtension } from './sqlite/stage-by-extension.ts';
export type {
  AuditEntry,
  ColumnKind,
  LoadRequest,
  OnMissing,
  PublishedColumn,
  PublishedTable,
  TableCounts,
  TableLoad,
  Warehouse,
} from './warehouse.ts';
