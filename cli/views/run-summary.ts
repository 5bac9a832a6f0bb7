import type { RunDocument } from '../../toolkit/run/document.ts';
import { shortPath } from '../render/fault.ts';
import { count, counted, duration } from '../render/numbers.ts';
import type { Paper } from '../render/paper.ts';
import { listing, pairs } from '../render/table.ts';
import { wrap } from '../render/wrap.ts';
import { brokenRules } from '../run/broken-rules.ts';
import { headline } from './headline.ts';
import { rulesTable } from './rules-table.ts';
import type { RunFacts } from './run-facts.ts';
import { indented, section } from './section.ts';
import { sourcesTable } from './sources-table.ts';

/** The screen after a run: what was read, what was wrong with it, what was published, how long it took, where to look, what to try next. */
export function runSummary(facts: RunFacts, paper: Paper): string[] {
  return [
    ...headline(facts, paper),
    ...section(
      'Sources',
      indented((inner) => sourcesTable(facts.document.rows, inner), paper),
      paper,
    ),
    ...noticesSection(facts, paper),
    ...brokenSection(facts, paper),
    ...gatesSection(facts, paper),
    ...publishedSection(facts, paper),
    ...section(
      'Time',
      indented((inner) => timeLines(facts.document, inner), paper),
      paper,
    ),
    ...section(
      'Where to look',
      indented((inner) => placesLines(facts, inner), paper),
      paper,
    ),
    ...section(
      'What to try next',
      indented((inner) => listing(nextCommands(facts), inner), paper),
      paper,
    ),
  ];
}

function noticesSection({ document: { notices } }: RunFacts, paper: Paper): string[] {
  const lines = (inner: Paper) =>
    notices.flatMap(({ message }) => wrap(`${inner.glyphs.warning} ${message}`, inner.width, '  ')).map(inner.theme.warning);
  return section('Notices', indented(lines, paper), paper);
}

const TOP = 5;

function brokenSection(facts: RunFacts, paper: Paper): string[] {
  const broken = brokenRules(facts.document, facts.meanings);
  const shown = facts.isFull ? broken : broken.slice(0, TOP);
  const more = broken.length - shown.length;
  const title = facts.isFull ? 'What was wrong' : 'What was wrong most often';
  const lines = (inner: Paper) => [
    ...rulesTable(shown, facts.isFull, inner),
    ...(more > 0 ? [inner.theme.quiet(`and ${counted(more, 'more rule')}`)] : []),
  ];
  return section(title, indented(lines, paper), paper);
}

function gatesSection({ document: { gates } }: RunFacts, paper: Paper): string[] {
  const failed = gates.filter((gate) => !gate.passed);
  const { good, bad } = paper.theme;
  const lines = failed.map(({ name, limit, actual }) => bad(`${paper.glyphs.bad} ${name}: ${count(actual)}, the limit is ${count(limit)}`));
  const passed = gates.length - failed.length;
  return section(
    'Gates',
    gates.length === 0
      ? []
      : indented(
          (inner) =>
            [...lines, ...(passed > 0 ? [good(`${inner.glyphs.good} ${counted(passed, 'gate')} passed`)] : [])].flatMap((line) =>
              wrap(line, inner.width, '  '),
            ),
          paper,
        ),
    paper,
  );
}

function publishedSection({ document: { load }, mode }: RunFacts, paper: Paper): string[] {
  const entries = Object.entries(load).map(([name, { inserted, updated, unchanged, deleted }]): [string, string] => [
    name,
    [
      `${count(inserted)} inserted`,
      `${count(updated)} updated`,
      `${count(unchanged)} unchanged`,
      ...(deleted > 0 ? [`${count(deleted)} deleted`] : []),
    ].join(', '),
  ]);
  return section(
    mode === 'dry-run' ? 'Would be published' : 'Published',
    entries.length === 0 ? [] : indented((inner) => pairs(entries, inner), paper),
    paper,
  );
}

const SLOWEST = 3;

function timeLines({ startedAt, finishedAt, steps }: RunDocument, paper: Paper): string[] {
  if (startedAt === null || finishedAt === null) return [];
  const slowest = [...steps]
    .sort((a, b) => b.ms - a.ms)
    .slice(0, SLOWEST)
    .map(({ name, ms }) => `${name} ${duration(ms)}`);
  return wrap(
    [`${duration(Date.parse(finishedAt) - Date.parse(startedAt))} in all`, ...(slowest.length > 0 ? [`slowest: ${slowest.join(', ')}`] : [])].join(
      '; ',
    ),
    paper.width,
    '  ',
  );
}

function placesLines({ document: { artefacts, load }, warehouse, cwd, mode }: RunFacts, paper: Paper): string[] {
  const places: (readonly [string, string | null])[] = [
    ['warehouse', mode === 'publish' && Object.keys(load).length > 0 ? warehouse : null],
    ['rejects', artefacts.rejects],
    ['log', artefacts.log],
    ['report', artefacts.report],
  ];
  const known = places.flatMap(([name, path]): [string, string][] => (path === null ? [] : [[name, shortPath(path, cwd)]]));
  return known.length === 0 ? [] : pairs(known, paper);
}

/** Three commands that fit what has happened, exactly as they can be typed. */
export function nextCommands({ document, mode, isPartial, replay, program, options, isFull }: RunFacts): [string, string][] {
  const { pipeline, environment, error, rows } = document;
  const where = environment === null || environment === 'development' ? '' : ` --env ${environment}`;
  const hasRejects = document.artefacts.rejects !== null && Object.values(rows).some(({ rejected, warned }) => rejected + warned > 0);
  const wanted: [string, string][] = [
    ...(hasRejects ? [['rejects show latest', 'what was refused, and where it stands'] as [string, string]] : []),
    ...(error === null && replay === null && (mode !== 'publish' || isPartial)
      ? [[`run ${pipeline ?? ''}`, 'the same, published'] as [string, string]]
      : []),
    ...(isFull ? [] : [['runs show latest', 'this run in full'] as [string, string]]),
    ...(error === null ? [] : [['logs --level warn --run latest', 'what led to it'] as [string, string]]),
    ['status', 'how every pipeline stands'],
    [`validate ${pipeline ?? ''}`, 'check the sources without publishing'],
  ];
  return wanted.slice(0, 3).map(([command, does]) => [`${program} ${command}${where}${options}`, does]);
}
