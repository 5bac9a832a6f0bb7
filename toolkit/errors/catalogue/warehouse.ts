export const warehouseErrors = {};
