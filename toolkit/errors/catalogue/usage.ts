export const usageErrors = {};
