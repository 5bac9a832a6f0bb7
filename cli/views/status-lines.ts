import type { Context } from '../context.ts';
import { faultLines, shortPath } from '../render/fault.ts';
import { ago, count, counted, duration } from '../render/numbers.ts';
import type { Paper } from '../render/paper.ts';
import { listing, pairs } from '../render/table.ts';
import type { PipelineStatus } from '../run/pipeline-status.ts';
import { indented, section } from './section.ts';
import { statusMark } from './status-word.ts';

type Scene = Pick<Context, 'out' | 'program' | 'cwd' | 'now'>;

/** One screen: how every pipeline stands, and what to do next. */
export function statusLines(all: readonly PipelineStatus[], scene: Scene): string[] {
  return [
    ...all.flatMap((one, at) => [...(at > 0 ? [''] : []), ...oneLines(one, scene)]),
    ...section(
      'What to do next',
      indented((inner) => listing(nextSteps(all, scene), inner), scene.out),
      scene.out,
    ),
  ];
}

function oneLines(status: PipelineStatus, scene: Scene): string[] {
  const { out, cwd } = scene;
  const { pipeline, environment, fault } = status;
  const title = `${out.theme.strong(pipeline)}${environment === null ? '' : out.theme.quiet(` in ${environment}`)}`;
  const entries = factsOf(status, scene);
  const place = fault ? { file: fault.place.file ?? null, line: fault.place.line ?? null, key: fault.place.key ?? null } : null;
  return [
    title,
    ...(entries.length > 0 ? indented((inner) => pairs(entries, inner), out) : []),
    ...(fault && place
      ? indented((inner) => faultLines({ what: fault.message, ...place, fix: fault.fix }, { paper: inner, cwd, at: pipeline, isTTY: true }), out)
      : []),
  ];
}

function factsOf({ last, published, tables, warehouse, environment }: PipelineStatus, { out, cwd, now }: Scene): [string, string][] {
  if (environment === null) return [];
  if (last === null) return [['last run', 'none yet']];
  const { document } = last;
  const sum = (key: 'read' | 'rejected' | 'warned') => count(Object.values(document.rows).reduce((total, source) => total + source[key], 0));
  const before = document.finishedAt ?? document.startedAt;
  const hasRows = Object.keys(document.rows).length > 0;
  return [
    ['last run', [statusMark(last, out), ...(before === null ? [] : [ago(now().getTime() - Date.parse(before))]), document.runId ?? ''].join(', ')],
    ...(hasRows ? [['records', `${sum('read')} read, ${sum('rejected')} refused, ${sum('warned')} warned`] as [string, string]] : []),
    ...(document.error ? [['error', document.error.message] as [string, string]] : []),
    ...publishedFacts(published, last, out, now),
    ...Object.entries(tables).map(([name, rows]): [string, string] => [
      'table',
      rows === null
        ? `${name} is not in ${shortPath(warehouse ?? '', cwd)}`
        : `${name}, ${counted(rows, 'row')} in ${shortPath(warehouse ?? '', cwd)}`,
    ]),
  ];
}

function publishedFacts(
  published: PipelineStatus['published'],
  last: PipelineStatus['last'],
  { theme }: Paper,
  now: Scene['now'],
): [string, string][] {
  if (published === null) return [['published', theme.warning('never')]];
  const { load, finishedAt, startedAt } = published.document;
  const changed = Object.values(load).reduce((sum, { inserted, updated, deleted }) => sum + inserted + updated + deleted, 0);
  const took = finishedAt === null || startedAt === null ? '' : ` in ${duration(Date.parse(finishedAt) - Date.parse(startedAt))}`;
  const when = published === last || finishedAt === null ? '' : ago(now().getTime() - Date.parse(finishedAt));
  return [['published', [when, `${counted(changed, 'row')} changed${took}`].filter((part) => part !== '').join(', ')]];
}

/** At most three commands, those that mend first. */
function nextSteps(all: readonly PipelineStatus[], { program }: Pick<Scene, 'program'>): [string, string][] {
  const steps = all.flatMap(({ pipeline, environment, last, published, fault }): [string, string][] => {
    const where = environment === null || environment === 'development' ? '' : ` --env ${environment}`;
    const status = last?.document.status;
    if (fault) return [['doctor', 'what is wrong with the set-up']];
    if (status === undefined) return [[`run ${pipeline}${where}`, 'the first run']];
    if (status === 'running') return [[`logs --run latest${where}`, 'what it is doing']];
    if (status === 'interrupted' || status === 'cancelled') return [[`run ${pipeline}${where}`, 'again; nothing has to be cleaned up']];
    if (status !== 'succeeded')
      return [
        [`runs show${where}`, `why ${pipeline} was not published`],
        [`run ${pipeline}${where}`, 'again, once it is mended'],
      ];
    const hasRejects = Object.values(last?.document.rows ?? {}).some(({ rejected, warned }) => rejected + warned > 0);
    return [
      ...(published === null ? [[`run ${pipeline}${where}`, 'publish it'] as [string, string]] : []),
      ...(hasRejects ? [[`rejects show${where}`, 'what was refused, and where it stands'] as [string, string]] : []),
      [`runs list${where}`, 'past runs'],
    ];
  });
  return steps.slice(0, 3).map(([command, does]) => [`${program} ${command}`, does]);
}
