import { DaybookError } from '../../toolkit/errors/index.ts';
import { openLedger } from '../../toolkit/state/index.ts';
import type { Context } from '../context.ts';
import { findRun, type KnownRun } from '../project/ledgers.ts';
import type { Choice } from '../project/light-config.ts';

/** What a run before another one is called. */
const PREVIOUS = 'previous';

/**
 * Two runs of one pipeline to be laid beside each other. `previous` is the run of the same pipeline and environment before the
 * other one.
 *
 * @throws DaybookError `usage.runs-of-two-pipelines`, `state.no-previous-run`, `state.unknown-run`, `state.ambiguous-run`, `state.record-damaged`
 */
export async function findPair(
  [first, second]: readonly [string, string],
  choice: Choice,
  place: Pick<Context, 'cwd' | 'env'>,
): Promise<readonly [KnownRun, KnownRun]> {
  const find = async (asked: string) => whole(await findRun(asked, choice, place));
  if (second === PREVIOUS) {
    const from = await find(first === PREVIOUS ? 'latest' : first);
    return [from, await before(from)];
  }
  const to = await find(second);
  const from = first === PREVIOUS ? await before(to) : await find(first);
  const [one, other] = [from.run.document.pipeline ?? '', to.run.document.pipeline ?? ''];
  if (one !== other) throw new DaybookError('usage.runs-of-two-pipelines', { one, other });
  return [from, to];
}

async function before({ run, state }: KnownRun): Promise<KnownRun> {
  const { runId, pipeline, environment } = run.document;
  const found = await openLedger(state).before(run);
  if (found) return { run: found, state };
  throw new DaybookError('state.no-previous-run', { runId: runId ?? '', pipeline: pipeline ?? '', environment: environment ?? '' });
}

/** A record that cannot be read has no figures to compare. */
function whole(known: KnownRun): KnownRun {
  const { document, isReadable, folder } = known.run;
  if (!isReadable) throw new DaybookError('state.record-damaged', { runId: document.runId ?? '', file: folder });
  return known;
}
