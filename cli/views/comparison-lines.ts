import { MOVE_AREAS, type Move, type MoveArea } from '../../toolkit/observe/compare-runs.ts';
import type { LedgerRun } from '../../toolkit/state/index.ts';
import { bytes, count, counted, duration } from '../render/numbers.ts';
import type { Paper } from '../render/paper.ts';
import { pairs, table } from '../render/table.ts';
import { indented, section } from './section.ts';
import { statusMark } from './status-word.ts';

/** Two runs of a pipeline and what moved from the first to the second. */
export interface ShownComparison {
  readonly from: LedgerRun;
  readonly to: LedgerRun;
  readonly moves: readonly Move[];
}

const TITLES: Readonly<Record<MoveArea, string>> = {
  gates: 'Gates',
  rows: 'Records',
  rejects: 'Broken rules',
  load: 'Published',
  time: 'Time',
  memory: 'Memory',
};

/** The two runs, then what moved, area by area, the largest moves first; small ones are only counted. */
export function comparisonLines({ from, to, moves }: ShownComparison, paper: Paper): string[] {
  const { pipeline } = to.document;
  const runs = [from, to].map((run): [string, string] => [
    run.document.runId ?? '',
    `${statusMark(run, paper)}${run.document.environment === null ? '' : ` in ${run.document.environment}`}`,
  ]);
  const areas = MOVE_AREAS.flatMap((area) => areaSection(area, moves, paper));
  return [
    paper.theme.strong(`What moved in ${pipeline ?? 'the run'}`),
    ...indented((inner) => pairs(runs, inner), paper),
    ...(areas.length === 0 ? ['', 'Nothing moved.'] : areas),
  ];
}

function areaSection(area: MoveArea, moves: readonly Move[], paper: Paper): string[] {
  const own = moves.filter((move) => move.area === area);
  const large = own.filter((move) => !move.isSmall);
  const small = own.length - large.length;
  const folded = small === 0 ? [] : [`${large.length === 0 ? '' : 'and '}${counted(small, large.length === 0 ? 'small move' : 'smaller move')}`];
  return section(
    TITLES[area],
    indented((inner) => [...movesTable(large, inner), ...folded.map(inner.theme.quiet)], paper),
    paper,
  );
}

function movesTable(moves: readonly Move[], paper: Paper): string[] {
  if (moves.length === 0) return [];
  const right = (title: string) => ({ title, align: 'right' as const });
  const rows = moves.map((move) => [move.name, amount(move.from, move), amount(move.to, move), changeText(move), shareText(move, paper)]);
  return table([{ title: '' }, right('before'), right('after'), right('change'), right('')], rows, paper, sentence);
}

// Read aloud: "crm.read from 10 to 12, +2, +20 %".
const sentence = ([name = '', from = '', to = '', ...rest]: readonly string[]): string =>
  [`${name} from ${from} to ${to}`, ...rest.filter((cell) => cell !== '')].join(', ');

function amount(value: number | null, { unit }: Pick<Move, 'unit'>): string {
  if (value === null) return 'none';
  return unit === 'ms' ? duration(value) : unit === 'bytes' ? bytes(value) : count(value);
}

const changeText = (move: Move): string => `${move.change < 0 ? '−' : '+'}${amount(Number(Math.abs(move.change).toFixed(4)), move)}`;

/** A gate's new verdict, or the change as a share of what was. */
function shareText({ percent, passed }: Move, { theme, glyphs }: Paper): string {
  if (passed && passed.from !== passed.to && passed.to !== null)
    return passed.to ? theme.good(`${glyphs.good} passes now`) : theme.bad(`${glyphs.bad} fails now`);
  if (percent === null) return '';
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(Math.abs(percent) < 10 ? 1 : 0)} %`;
}
