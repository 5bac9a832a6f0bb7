export { Pipeline, type PipelineDefinition, type Publication, pipeline, type Step, type StepContext } from './pipeline.ts';
export { csv, json, type LookupService, lookup as lookupSource, type Source, type SourceKind } from './source.ts';
