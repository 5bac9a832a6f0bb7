import { asText, col, count, desc, isNotNull, type LooseFrame, type Scalar, typed } from '../../../frame/index.ts';
import { Chart } from '../chart.ts';
import { bars, type Datum, heightOf, highlight, specOf } from '../draw/spec.ts';
import { nothing } from '../nothing.ts';
import { type ChartOptions, rowsOf } from '../options.ts';
import { label, wordsOf } from '../words/label.ts';
import { amount, counted } from '../words/number.ts';
import { percent, shareOf } from '../words/share.ts';

const MOST_BARS = 12;

/** The distribution of a column of words, `value`, as bars from the most common down. */
export async function ofWords(values: LooseFrame, column: string, options: ChartOptions): Promise<Chart> {
  const noun = options.noun ?? 'rows';
  const groups = values
    .derive((c) => ({ value: asText(col<Scalar>(c, 'value')) }))
    .groupby('value')
    .rollup(() => ({ n: count() }));
  const [sizes] = await rowsOf<{ rows: number; kinds: number }>(
    typed(values.rollup((c) => ({ rows: count(), kinds: count().where(isNotNull(col<Scalar>(c, 'value'))) }))),
    options,
  );
  const rows = sizes?.rows ?? 0;
  const nulls = rows - (sizes?.kinds ?? 0);
  if (rows === 0) return nothing(`there are no ${noun}`);
  if (nulls === rows) return nothing(`${wordsOf(column)} is null throughout (${counted(rows, noun)})`);
  const top = await rowsOf<{ value: string; n: number }>(
    typed(
      groups
        .filter((c) => isNotNull(col<string | null>(c, 'value')))
        .orderby(desc('n'), 'value')
        .slice(0, MOST_BARS),
    ),
    options,
  );
  const rest = rows - nulls - top.reduce((sum, { n }) => sum + n, 0);
  return drawn({ top, rest, nulls, rows, column, noun });
}

interface Told {
  readonly top: readonly { readonly value: string; readonly n: number }[];
  readonly rest: number;
  readonly nulls: number;
  readonly rows: number;
  readonly column: string;
  readonly noun: string;
}

function drawn({ top, rest, nulls, rows, column, noun }: Told): Chart {
  const entries = [
    ...top.map(({ value, n }) => ({ name: value, n })),
    ...(rest > 0 ? [{ name: 'all others', n: rest }] : []),
    ...(nulls > 0 ? [{ name: '(no value)', n: nulls }] : []),
  ];
  const [first] = top;
  const most = first?.n ?? 0;
  const name = wordsOf(column);
  const isTied = top.filter(({ n }) => n === most).length > 1;
  const title = isTied
    ? `${name}: no value is more common than all others`
    : `${shareOf(most, rows, noun)} have “${label(first?.value ?? '')}” as ${name.toLowerCase()}`;
  const summary = `${counted(rows, noun)}; ${nulls === 0 ? 'none is' : `${amount(nulls)} ${nulls === 1 ? 'is' : 'are'}`} without a value of ${name.toLowerCase()}. ${
    isTied ? 'The most common values are equally common' : `The most common value, “${label(first?.value ?? '')}”, stands in ${amount(most)}`
  }${rest > 0 ? `; ${amount(rest)} have values that are not among the ${top.length} most common` : ''}.`;
  const data = entries.map(
    ({ name: at, n }, i): Datum => ({
      label: label(at),
      value: n,
      text: `${amount(n)}  (${percent(n, rows)})`,
      colour: highlight(i === 0 && !isTied),
    }),
  );
  const subtitle = `Number of ${noun} by ${name.toLowerCase()}`;
  const spec = specOf({ title, subtitle, summary, height: heightOf(data.length), data: unlike(data), layer: bars(data) });
  return new Chart({ spec, title, summary, table: entries.map(({ name: at, n }) => ({ [column]: at, [noun]: n })) });
}

/** Two labels that were cut to the same text stay two bars. */
export function unlike(data: readonly Datum[]): readonly Datum[] {
  const seen = new Map<unknown, number>();
  return data.map((row) => {
    const times = (seen.get(row['label']) ?? 0) + 1;
    seen.set(row['label'], times);
    return times === 1 ? row : { ...row, label: `${row['label']} (${times})` };
  });
}
