import { DaybookError } from '../../errors/index.ts';
import { type Frame, personalColumns, type Session, sureClueOfName } from '../../frame/index.ts';

/** What every chart takes. */
export interface ChartOptions {
  /** What a row is, in the plural. Default: `rows`. */
  readonly noun?: string;
  /** Where to work it out. Default: the session of notebooks. */
  readonly session?: Session;
  /** Allows values of personal columns as labels of the chart. Default: false. */
  readonly personal?: boolean;
}

/**
 * Refuses to write personal values into a chart unprompted: a picture is handed on more easily than a table. Where no contract has spoken
 * of any column, a name that says personal data is believed.
 * @throws DaybookError `chart.personal-column`
 */
export function requireLabels(frame: Frame<object>, column: string, { personal = false }: ChartOptions): void {
  const known = personalColumns(frame);
  const isPersonal = known.has(column) || (known.size === 0 && sureClueOfName(column) !== null);
  if (!personal && isPersonal) throw new DaybookError('chart.personal-column', { column });
}

/** The rows of a small result as plain objects. */
export const rowsOf = async <R>(
  frame: { collect(options: { session?: Session }): Promise<{ objects(): object[] }> },
  { session }: ChartOptions,
): Promise<R[]> => (await frame.collect({ ...(session && { session }) })).objects() as R[];
