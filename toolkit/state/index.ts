export { fileFault } from './fault.ts';
export { type Beginning, type Ledger, openLedger } from './ledger.ts';
export { acquireLock, type Holder, holderOf, isHeld, type Lock } from './lock.ts';
export { type Pruned, prune, pruneLogs, type Retention, type Retentions, sweepScratch } from './prune.ts';
export { asRunError, emptyDocument, type LedgerRun } from './record.ts';
export { findRejects, rejectsFile, runFolder, scratchFolder } from './run-folder.ts';
export { isRunId, newRunId } from './run-id.ts';
export { makeFolder, openState, ownerOnly, type State, statePaths } from './state.ts';
