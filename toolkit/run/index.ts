export type { GateResult, LoadCounts, RunDocument, RunError, RunStatus, SourceRows, StepFigures } from './document.ts';
export { type EventSink, fanOut, type RunEvent, type RunMode } from './events.ts';
export { loadPipeline, pipelineFacts } from './load-pipeline.ts';
export { REJECT_COLUMNS, type RejectRow } from './reject-row.ts';
export type { Generate, LoadedPipeline, RunRequest } from './request.ts';
export { runPipeline } from './run-pipeline.ts';
