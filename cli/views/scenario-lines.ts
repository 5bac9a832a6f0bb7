import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Paper } from '../render/paper.ts';
import { table } from '../render/table.ts';
import { wrap } from '../render/wrap.ts';
import type { Comparison } from '../scenario/comparison.ts';
import type { ScenarioResult } from '../scenario/run-scenario.ts';
import { indented } from './section.ts';

/** One line: the verdict, the name and what it is about. */
export function verdictLine({ scenario, passed }: Pick<ScenarioResult, 'scenario' | 'passed'>, { theme, glyphs, width }: Paper): string[] {
  const mark = passed ? theme.good(`${glyphs.good} as expected`) : theme.bad(`${glyphs.bad} differs`);
  return wrap(`${mark}  ${scenario.name}: ${scenario.title}`, width, '  ');
}

/** A scenario for a person: what goes in, then expected, actual and verdict side by side. */
export function scenarioLines(result: ScenarioResult, isFull: boolean, paper: Paper): string[] {
  const { scenario, comparisons, message } = result;
  const shown = comparisons
    .map(({ part, pairs }) => ({ part, pairs: isFull ? pairs : pairs.filter(({ isEqual }) => !isEqual) }))
    .filter(({ pairs }) => pairs.length > 0);
  return [
    ...verdictLine(result, paper),
    ...(scenario.shows === '' ? [] : wrap(`  ${scenario.shows}`, paper.width, '  ').map(paper.theme.quiet)),
    ...(message === null ? [] : wrap(`  The run said: ${message}`, paper.width, '  ')),
    ...(isFull ? scenario.own.flatMap((source) => inputLines(scenario.sources[source] ?? '', paper)) : []),
    ...shown.flatMap((comparison) => ['', ...indented((inner) => comparisonTable(comparison, inner), paper)]),
    '',
  ];
}

const MOST_INPUT = 24;

// A scenario's data is made up: it may be shown, unlike any other input. Control characters would disturb the terminal.
function inputLines(path: string, paper: Paper): string[] {
  const lines = readFileSync(path, 'utf8')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '\ufffd')
    .trimEnd()
    .split('\n');
  const cut = (line: string) => (line.length > paper.width - 4 ? `${line.slice(0, paper.width - 5)}…` : line);
  const more = lines.length - MOST_INPUT;
  return [
    '',
    paper.theme.strong(`  ${basename(path)}`),
    ...lines.slice(0, MOST_INPUT).map((line) => paper.theme.quiet(`    ${cut(line)}`)),
    ...(more > 0 ? [`    and ${more} more lines`] : []),
  ];
}

function comparisonTable({ part, pairs }: Comparison, paper: Paper): string[] {
  const { theme, glyphs } = paper;
  const cell = (text: string | null) => text ?? '(none)';
  const rows = pairs.map(({ label, expected, actual, isEqual }) => [
    label === '' ? part : label,
    cell(expected),
    cell(actual),
    isEqual ? theme.good(glyphs.good) : theme.bad(`${glyphs.bad} differs`),
  ]);
  return table([{ title: part }, { title: 'expected', isFlexible: part === 'rejects' }, { title: 'actual' }, { title: 'verdict' }], rows, paper);
}
