import { personalFields } from '../../toolkit/contract/index.ts';
import { DaybookError, type Place } from '../../toolkit/errors/index.ts';
import { type Log, logEvents, openLog, type PastRun } from '../../toolkit/observe/index.ts';
import { type EventSink, fanOut, type Replay, type RunDocument, type RunMode, runPipeline } from '../../toolkit/run/index.ts';
import { openLedger, openState, type State } from '../../toolkit/state/index.ts';
import type { Context } from '../context.ts';
import type { Choice } from '../project/light-config.ts';
import { type OpenedPipeline, openPipeline } from '../project/open-pipeline.ts';
import { openProgress } from '../screens/progress.ts';

/** A run as the command line asks for it. */
export interface RunAsked extends Choice {
  readonly pipeline: string;
  readonly mode: RunMode;
  readonly asOf?: string | undefined;
  readonly limit?: number | undefined;
  readonly replay?: Replay | undefined;
}

/** What came of it, and what it was run with. */
export interface Executed {
  readonly document: RunDocument;
  readonly opened: OpenedPipeline;
  /** Where a failure stands, to the line; null without one. */
  readonly place: Place | null;
}

/**
 * Runs a pipeline with its log and its progress. What stops a run that has begun is in the document.
 *
 * @throws DaybookError for what is wrong before there is a run: usage, configuration, the state folder
 */
export async function executeRun(asked: RunAsked, context: Context): Promise<Executed> {
  const opened = await orCancelled(openPipeline(asked.pipeline, asked, context), context.signal);
  const state = await openState(opened.config.state.dir);
  const log = await tryLog(opened, state, context);
  const progress = await openProgress(context, await pastRun(opened, state));
  let place: Place | null = null;
  const note: EventSink = (event) => {
    if (event.type === 'run-failed') place = event.place;
  };
  const sinks = [note, ...(log ? [keepGoing(logEvents(log), 'log', context)] : []), keepGoing(progress.emit, 'progress', context)];
  try {
    const document = await runPipeline({
      project: opened.project,
      pipeline: opened.pipeline,
      config: opened.config,
      environment: opened.environment,
      asOf: asked.asOf ?? context.now().toISOString().slice(0, 10),
      mode: asked.mode,
      ...(asked.limit !== undefined && { limit: asked.limit }),
      ...(asked.replay && { replay: asked.replay }),
      state,
      emit: fanOut(...sinks),
      signal: context.signal,
      codeVersion: opened.project.version ?? context.version,
      now: context.now,
      logFile: log?.file ?? null,
    });
    return { document, opened, place };
  } finally {
    await progress.stop();
    await log?.close();
  }
}

/** Loading takes a second and leaves nothing behind: who cancels need not wait for its end. */
function orCancelled<T>(loading: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new DaybookError('run.cancelled', {}));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    loading.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** What progress is judged by; a ledger that cannot be read is told of by the run itself. */
const pastRun = ({ pipeline, environment }: OpenedPipeline, state: State): Promise<PastRun | null> =>
  openLedger(state)
    .lastSucceeded(pipeline.definition.name, environment)
    .catch(() => null);

/** The log, or a word to the person that there is none: that alone stops no run. */
async function tryLog({ config: { log }, pipeline }: OpenedPipeline, { logs }: State, context: Context): Promise<Log | null> {
  const fields = Object.values(pipeline.definition.sources).flatMap(({ contract }) => personalFields(contract));
  const onFault = (fault: unknown) => context.err.lines(context.err.theme.warning(`${wordsOf(fault)} The run goes on without a log.`));
  try {
    return await openLog({
      folder: logs,
      level: log.level,
      maxFileBytes: log.maxFileBytes,
      retentionDays: log.retentionDays,
      maxFiles: log.maxFiles,
      personalFields: fields,
      pretty: false,
      now: context.now,
      onFault,
    });
  } catch (fault) {
    onFault(fault);
    return null;
  }
}

/** A listener that fails is told of once and left out from then on; it never stops a run. */
function keepGoing(sink: EventSink, name: string, { err }: Pick<Context, 'err'>): EventSink {
  let isBroken = false;
  return (event) => {
    if (isBroken) return;
    try {
      sink(event);
    } catch (fault) {
      isBroken = true;
      err.lines(err.theme.warning(`The ${name} of this run has stopped. ${wordsOf(fault)}`));
    }
  };
}

const wordsOf = (fault: unknown): string =>
  fault instanceof DaybookError ? fault.message : `The log cannot be written (${fault instanceof Error ? fault.name : 'an unknown fault'}).`;
