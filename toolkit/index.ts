/** Everything that pipelines, notebooks and tests import by the name `daybook`. */
export * from './contract/index.ts';
export * from './display/index.ts';
export * from './errors/index.ts';
export * from './frame/index.ts';
export * from './pipeline/index.ts';
export { Profile, type ProfileOptions, profile } from './profile/index.ts';
export * as charts from './report/charts/index.ts';
export { type ReadFileOptions, read, SourceFrame, type WithColumns } from './source/index.ts';
export * from './transform/index.ts';
export { published } from './warehouse/published.ts';
export { dateColumn, flagColumn, moneyColumn, publishedColumns } from './warehouse/published-row.ts';
