export type { Channel, Level, Line } from './line.ts';
export { type Fields, type Log, type LogOptions, openLog } from './log.ts';
export { logEvents, whoRuns } from './log-events.ts';
export { MASK, maskFields, maskText } from './mask.ts';
export { prettyLine } from './pretty.ts';
export { advance, type Estimate, startEstimate, type TimeLeft, timeLeft } from './progress/estimate.ts';
export type { PastRun } from './progress/expected-work.ts';
export { type LogQuery, readLog } from './read-log.ts';
