import { resolve } from 'node:path';
import { DEFAULT_ENVIRONMENT } from '../../toolkit/config/index.ts';
import { DaybookError } from '../../toolkit/errors/index.ts';
import { openReplay, type Replay } from '../../toolkit/run/index.ts';
import type { Context } from '../context.ts';
import { findRun } from '../project/ledgers.ts';
import type { Choice } from '../project/light-config.ts';
import { counted } from '../render/numbers.ts';

/** A replay as the command line asks for it. */
interface CorrectedAsked {
  /** A run's id, a part of it, or `latest`. */
  readonly asked: string;
  readonly file: string;
  readonly force: boolean;
}

/**
 * Finds the run and reads its corrections; tells of changes that are not read.
 *
 * @throws DaybookError `replay.*`, `state.unknown-run`, `state.record-damaged`, `usage.no-rejects`
 */
export async function openCorrected(
  { asked, file, force }: CorrectedAsked,
  choice: Choice,
  context: Context,
): Promise<{ readonly pipeline: string; readonly replay: Replay }> {
  const { run, state } = await findRun(asked, choice, context);
  const { pipeline, environment, error } = run.document;
  const runId = run.document.runId ?? '';
  if (pipeline === null || environment === null) throw new DaybookError('state.record-damaged', { runId, file: error?.file ?? run.folder });
  const wanted = choice.env ?? (context.env['DAYBOOK_ENV'] || DEFAULT_ENVIRONMENT);
  if (wanted !== environment) throw new DaybookError('replay.other-environment', { runId, environment, asked: wanted });
  const { signal, now, cwd, err } = context;
  const { replay, strayValues } = await openReplay({ run, state, file: resolve(cwd, file), force, signal, now });
  if (strayValues > 0)
    err.lines(`${err.glyphs.warning} "value" was changed in ${counted(strayValues, 'line')}. Ignored: corrections are read from "raw" alone.`);
  return { pipeline, replay };
}
