import type { GateResult, RunDocument } from '../run/document.ts';

/** rows: of sources · rejects: records by broken rule · gates · time: wall and CPU · memory: resident and spilled · load: rows of published tables. */
export const MOVE_AREAS = ['gates', 'rows', 'rejects', 'load', 'time', 'memory'] as const;
export type MoveArea = (typeof MOVE_AREAS)[number];

/** One figure that is not the same in two runs. */
export interface Move {
  readonly area: MoveArea;
  /** `crm.rejected`, `crm.email.invalid`, `publish CPU`. */
  readonly name: string;
  readonly unit: 'rows' | 'ms' | 'bytes' | 'number';
  /** Null where the first run does not have it. */
  readonly from: number | null;
  /** Null where the second run does not have it. */
  readonly to: number | null;
  /** The second less the first; what is not there counts as 0. */
  readonly change: number;
  /** The change in percent of the first, to one decimal; null where that is 0 or not there. */
  readonly percent: number | null;
  /** Whether the change is no more than what two runs of the same work differ by. */
  readonly isSmall: boolean;
  /** Of a gate: whether it passed in either run; null where it was not judged. */
  readonly passed?: { readonly from: boolean | null; readonly to: boolean | null };
}

type Figures = ReadonlyMap<string, number>;

/** Below these a change is small: both the share of the larger figure and the amount must be reached. */
const LEAST: Readonly<Record<Move['unit'], { readonly share: number; readonly amount: number }>> = {
  rows: { share: 0.01, amount: 1 },
  number: { share: 0.01, amount: 0 },
  ms: { share: 0.1, amount: 200 },
  bytes: { share: 0.1, amount: 20_000_000 },
};

/**
 * What moved from one run to another, and by how much: area by area, in each the largest change first, gates that changed their
 * verdict before all others. Figures that are equal are not in it.
 */
export function compareRuns(from: RunDocument, to: RunDocument): Move[] {
  const moves = [
    ...gateMoves(from.gates, to.gates),
    ...moved('rows', 'rows', nested(from.rows), nested(to.rows)),
    ...moved('rejects', 'rows', nested(from.rules), nested(to.rules)),
    ...moved('load', 'rows', nested(from.load), nested(to.load)),
    ...moved('time', 'ms', times(from), times(to)),
    ...moved('memory', 'bytes', memory(from), memory(to)),
  ];
  return moves.sort((a, b) => MOVE_AREAS.indexOf(a.area) - MOVE_AREAS.indexOf(b.area) || rank(b) - rank(a) || (a.name < b.name ? -1 : 1));
}

const rank = ({ change, passed }: Move): number => (passed && passed.from !== passed.to ? Number.POSITIVE_INFINITY : Math.abs(change));

function moved(area: MoveArea, unit: Move['unit'], from: Figures, to: Figures): Move[] {
  const names = [...new Set([...from.keys(), ...to.keys()])];
  return names
    .filter((name) => from.get(name) !== to.get(name))
    .map((name) => moveOf(area, name, unit, from.get(name) ?? null, to.get(name) ?? null));
}

function moveOf(area: MoveArea, name: string, unit: Move['unit'], from: number | null, to: number | null): Move {
  const [first, second] = [from ?? 0, to ?? 0];
  const change = second - first;
  const { share, amount } = LEAST[unit];
  const isSmall = Math.abs(change) < amount || Math.abs(change) < share * Math.max(Math.abs(first), Math.abs(second));
  return { area, name, unit, from, to, change, percent: first === 0 ? null : Math.round((change / first) * 1000) / 10, isSmall };
}

function gateMoves(from: readonly GateResult[], to: readonly GateResult[]): Move[] {
  const byName = (gates: readonly GateResult[]) => new Map(gates.map((gate) => [gate.name, gate]));
  const [before, after] = [byName(from), byName(to)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name): Move[] => {
    const [was, is] = [before.get(name), after.get(name)];
    const passed = { from: was?.passed ?? null, to: is?.passed ?? null };
    if (was?.actual === is?.actual && passed.from === passed.to) return [];
    const move = moveOf('gates', name, 'number', was?.actual ?? null, is?.actual ?? null);
    return [{ ...move, isSmall: move.isSmall && passed.from === passed.to, passed }];
  });
}

/** `{ crm: { read: 1 } }` as `crm.read`. */
const nested = (figures: Readonly<Record<string, object>>): Figures =>
  new Map(
    Object.entries(figures).flatMap(([name, inner]) =>
      Object.entries(inner as Record<string, number>).map(([key, n]) => [`${name}.${key}`, n] as const),
    ),
  );

function times({ startedAt, finishedAt, steps }: RunDocument): Figures {
  const whole: [string, number][] = startedAt === null || finishedAt === null ? [] : [['whole run', Date.parse(finishedAt) - Date.parse(startedAt)]];
  return new Map([
    ...whole,
    ...steps.flatMap(({ name, ms, cpuMs }): [string, number][] => [
      [name, ms],
      [`${name} CPU`, cpuMs],
    ]),
  ]);
}

const memory = ({ steps }: RunDocument): Figures =>
  new Map(
    steps.flatMap(({ name, peakBytes, spilledBytes }): [string, number][] => [
      [name, peakBytes],
      [`${name} spilled`, spilledBytes],
    ]),
  );
