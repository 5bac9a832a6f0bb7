import { columnTypes, type Frame, loose } from '../../frame/index.ts';
import type { Chart } from './chart.ts';
import { ofNumbers } from './distribution/numbers.ts';
import { ofWords } from './distribution/words.ts';
import { type ChartOptions, requireLabels } from './options.ts';
import { trend } from './trend.ts';

/**
 * How the values of a column are spread: a histogram for numbers, bars for words and truths, months for dates.
 *
 * - Nulls are counted and said. A long tail is gathered in the last bar, which says so.
 * @throws DaybookError `chart.personal-column` for words that are personal
 * @example await charts.distribution(customers, 'total_spent', { noun: 'customers' })
 */
export async function distribution<R extends object>(frame: Frame<R>, column: keyof R & string, options: ChartOptions = {}): Promise<Chart> {
  const values = frame.select(column);
  const type = (await columnTypes(values, options)).get(column) ?? 'other';
  const only = loose(values).rename({ [column]: 'value' });
  if (type === 'integer' || type === 'number' || type.startsWith('decimal')) return ofNumbers(only, column, type === 'integer', options);
  if (type === 'date' || type === 'timestamp')
    return trend<Record<string, Date | null>>(values as unknown as Frame<Record<string, Date | null>>, column, options);
  requireLabels(values, column, options);
  return ofWords(only, column, options);
}
