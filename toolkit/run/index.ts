export type { GateResult, LoadCounts, ReplayOf, RunDocument, RunError, RunStatus, SourceRows, StepFigures } from './document.ts';
export { type EventSink, fanOut, type RunEvent, type RunMode } from './events.ts';
export { loadPipeline, pipelineFacts } from './load-pipeline.ts';
export { REJECT_COLUMNS, type RejectRow } from './reject-row.ts';
export type { Replay } from './replay/correction.ts';
export { openReplay } from './replay/open-replay.ts';
export type { Generate, LoadedPipeline, RunRequest } from './request.ts';
export { runPipeline } from './run-pipeline.ts';
