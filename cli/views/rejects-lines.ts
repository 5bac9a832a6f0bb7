import type { Context } from '../context.ts';
import { count, counted } from '../render/numbers.ts';
import type { Paper } from '../render/paper.ts';
import { listing, table } from '../render/table.ts';
import { verdictOf } from '../run/broken-rules.ts';
import type { RejectCount, RejectPlace } from '../run/read-rejects.ts';
import { indented, section } from './section.ts';

/** What is shown of the rejects of a run. */
export interface ShownRejects {
  readonly runId: string;
  readonly rules: readonly RejectCount[];
  /** The first of them. */
  readonly places: readonly RejectPlace[];
}

/** Broken rules with their counts, then where the first of them stand. */
export function rejectsLines({ runId, rules, places }: ShownRejects, { out, program }: Pick<Context, 'out' | 'program'>): string[] {
  const total = rules.reduce((sum, { records }) => sum + records, 0);
  if (total === 0) return ['Nothing was refused or warned of there.'];
  const more = total - places.length;
  const next: [string, string][] = [
    [`${program} rejects export ${runId} --format csv --out rejects.csv`, 'all of them, without values'],
    [`${program} rejects export ${runId} --values --format csv --out rejects.csv`, 'with values, to correct them'],
    [`${program} rejects replay ${runId} --with rejects.csv --dry-run`, 'what the corrections would change'],
  ];
  return [
    ...section(
      'By rule',
      indented((inner) => countsTable(rules, inner), out),
      out,
    ).slice(1),
    ...section(
      'Where',
      indented((inner) => [...placesTable(places, inner), ...(more > 0 ? [inner.theme.quiet(`and ${counted(more, 'more place')}`)] : [])], out),
      out,
    ),
    ...section(
      'What to try next',
      indented((inner) => listing(next, inner), out),
      out,
    ),
  ];
}

const painted = ({ severity }: { readonly severity: string }, text: string, { theme }: Paper): string =>
  (severity === 'reject' ? theme.bad : theme.warning)(text);

function countsTable(rules: readonly RejectCount[], paper: Paper): string[] {
  const rows = rules.map((it) => [painted(it, count(it.records), paper), verdictOf(it), `${it.source}.${it.rule}`, it.reason]);
  return table([{ title: 'records', align: 'right' }, { title: '' }, { title: 'rule' }, { title: 'what is wrong', isFlexible: true }], rows, paper);
}

function placesTable(places: readonly RejectPlace[], paper: Paper): string[] {
  const rows = places.map((it) => [painted(it, verdictOf(it), paper), it.file, it.line === null ? '' : count(it.line), count(it.record), it.rule]);
  return table(
    [{ title: '' }, { title: 'file' }, { title: 'line', align: 'right' }, { title: 'record', align: 'right' }, { title: 'rule', isFlexible: true }],
    rows,
    paper,
  );
}
