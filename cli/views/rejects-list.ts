import type { ReplayOf, RunDocument } from '../../toolkit/run/document.ts';
import { findRejects } from '../../toolkit/state/index.ts';
import type { Context } from '../context.ts';
import type { KnownRun } from '../project/ledgers.ts';
import { count } from '../render/numbers.ts';
import { listing, table } from '../render/table.ts';
import { brokenRules } from '../run/broken-rules.ts';
import { replaySection } from './replay-lines.ts';
import { indented, section } from './section.ts';

/** A run that has rejects, and how many records broke which rule. */
export interface RunRejects {
  readonly runId: string;
  readonly pipeline: string | null;
  readonly environment: string | null;
  readonly startedAt: string | null;
  readonly rejected: number;
  readonly warned: number;
  /** As the run's document: by source, by rule, those that are not 0. */
  readonly rules: RunDocument['rules'];
  /** What the run is a replay of; null for a run of its own. */
  readonly replay: ReplayOf | null;
}

/** Of runs, those whose rejects are kept and hold something. */
export async function listRejects(runs: readonly KnownRun[], limit: number): Promise<RunRejects[]> {
  const found: RunRejects[] = [];
  for (const {
    run: { document, replay },
    state,
  } of runs) {
    if (found.length >= limit) break;
    const { runId, pipeline, environment, startedAt, rows, rules } = document;
    const sum = (key: 'rejected' | 'warned') => Object.values(rows).reduce((total, source) => total + source[key], 0);
    if (runId === null || sum('rejected') + sum('warned') === 0 || (await findRejects(state, runId)) === null) continue;
    const broken = Object.entries(rules).map(
      ([source, counts]) => [source, Object.fromEntries(Object.entries(counts).filter(([, n]) => n > 0))] as const,
    );
    found.push({
      runId,
      pipeline,
      environment,
      startedAt,
      rejected: sum('rejected'),
      warned: sum('warned'),
      rules: Object.fromEntries(broken.filter(([, counts]) => Object.keys(counts).length > 0)),
      replay,
    });
  }
  return found;
}

const TOP = 6;

/** The runs with their rules, those that replay another under them. */
export function rejectsListLines(found: readonly RunRejects[], { out, program }: Pick<Context, 'out' | 'program'>): string[] {
  const right = (title: string) => ({ title, align: 'right' as const });
  const rows = found.map(({ runId, pipeline, rejected, warned, rules }) => [runId, pipeline ?? '?', count(rejected), count(warned), topRules(rules)]);
  return [
    ...table([{ title: 'run' }, { title: 'pipeline' }, right('refused'), right('warned'), { title: 'rules', isFlexible: true }], rows, out),
    ...replaySection(found, out),
    ...section(
      'What to try next',
      indented((inner) => listing([[`${program} rejects show ${found[0]?.runId ?? 'latest'}`, 'what was refused, and where it stands']], inner), out),
      out,
    ),
  ];
}

function topRules(rules: RunDocument['rules']): string {
  const broken = brokenRules({ rows: {}, rules }, null);
  const shown = broken.slice(0, TOP).map(({ source, rule, records }) => `${source}.${rule} ${count(records)}`);
  return [...shown, ...(broken.length > TOP ? [`and ${broken.length - TOP} more`] : [])].join(', ');
}
