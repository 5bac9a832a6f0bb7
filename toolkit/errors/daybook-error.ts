import { chartErrors } from './catalogue/chart.ts';
import { configErrors } from './catalogue/config.ts';
import { engineErrors } from './catalogue/engine.ts';
import { notebookErrors } from './catalogue/notebook.ts';
import { replayErrors } from './catalogue/replay.ts';
import { runErrors } from './catalogue/run.ts';
import { serviceErrors } from './catalogue/service.ts';
import { sourceErrors } from './catalogue/source.ts';
import { stateErrors } from './catalogue/state.ts';
import { usageErrors } from './catalogue/usage.ts';
import { warehouseErrors } from './catalogue/warehouse.ts';
import type { Entry, Place } from './entry.ts';
import type { ExitCode } from './exit.ts';

/** Every code with its cause, wording, remedy and exit code. The runbook is generated from it. */
export const CATALOGUE = {
  ...usageErrors,
  ...configErrors,
  ...sourceErrors,
  ...serviceErrors,
  ...engineErrors,
  ...warehouseErrors,
  ...stateErrors,
  ...runErrors,
  ...replayErrors,
  ...notebookErrors,
  ...chartErrors,
};

export type ErrorCode = keyof typeof CATALOGUE;
/** What an entry of the catalogue needs to be worded. */
export type ErrorParams<C extends ErrorCode> = (typeof CATALOGUE)[C] extends Entry<infer P> ? P : never;

/** A failure that Daybook foresees: typed code, what, where, remedy, exit code. Holds no value of a row. */
export class DaybookError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'DaybookError';
  readonly exit: ExitCode;
  readonly place: Place;
  readonly fix: string;

  constructor(
    readonly code: C,
    readonly params: ErrorParams<C>,
    options?: { readonly cause?: unknown },
  ) {
    const it = CATALOGUE[code] as unknown as Entry<ErrorParams<C>>;
    super(it.what(params), options);
    this.exit = it.exit;
    this.place = it.where?.(params) ?? {};
    this.fix = it.fix(params);
  }
}
