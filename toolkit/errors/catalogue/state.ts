export const stateErrors = {};
