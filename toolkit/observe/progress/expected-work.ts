import type { LoadCounts, ReadFiles, RunDocument, StepFigures } from '../../run/document.ts';
import type { PlannedStep } from '../../run/events.ts';

/** A run of the same pipeline and environment that succeeded, as the ledger knows it. */
export interface PastRun {
  readonly document: Pick<RunDocument, 'steps' | 'load' | 'startedAt' | 'finishedAt'>;
  readonly files: ReadFiles | null;
}

/** What is known of a step that is to come or works. */
export interface Known {
  /** Rows that go in; null before that is known. */
  readonly rows: number | null;
  /** Rows to be written; null before that is known. */
  readonly toWrite: number | null;
}

/** Milliseconds a megabyte where no run has been yet. Only their proportions count: how fast the machine is shows as the run goes on. */
const DEFAULT_MS_PER_MB = { read: 30, check: 22, rejects: 6, step: 3.5, publish: 90 } as const;

/** What a step costs whatever there is to do. */
const FIXED_MS = 30;
/** A row that is written to the warehouse costs so many times a row that is only compared. */
const WRITTEN_TO_COMPARED = 4;
/** After a first load most rows stay as they are. */
const USUALLY_CHANGED = 0.02;

/**
 * How many milliseconds a step would take if the machine were as fast as in an earlier run: what it took then, scaled by what there is to do now.
 * Without an earlier run only the proportions between steps mean something.
 */
export function expectedMs(step: PlannedStep, known: Known, past: PastRun | null): number {
  const before = past?.document.steps.find(({ name }) => name === step.name);
  if (!past || !before) return FIXED_MS + (DEFAULT_MS_PER_MB[step.kind] * step.bytes) / 1e6;
  const slotMs = slotOf(before, past);
  const fixedMs = Math.min(slotMs, FIXED_MS);
  return fixedMs + (slotMs - fixedMs) * growthOf(step, known, before, past);
}

/** From the beginning of a step to that of the next: what lies between two steps belongs to the first. */
function slotOf(step: StepFigures, { document }: PastRun): number {
  const later = document.steps.map(({ startMs }) => startMs).filter((startMs) => startMs > step.startMs);
  return later.length > 0 ? Math.max(step.ms, Math.min(...later) - step.startMs) : step.ms;
}

/** How many times as much there is to do as then. */
function growthOf(step: PlannedStep, { rows, toWrite }: Known, before: StepFigures, past: PastRun): number {
  const size = ratio(rows ?? step.bytes, rows === null ? bytesThen(step, past) : before.rowsIn);
  return step.kind === 'publish' ? size * writingOf(toWrite, before.rowsIn, size, past) : size;
}

const ratio = (now: number, then: number): number => (now > 0 && then > 0 ? now / then : 1);

function bytesThen({ name, kind }: PlannedStep, { files }: PastRun): number {
  const of = kind === 'read' || kind === 'check' ? [files?.[name.slice(kind.length + 1)] ?? []] : Object.values(files ?? {});
  return of.flat().reduce((sum, { bytes }) => sum + bytes, 0);
}

/** How many times as dear a row is to publish as then: a night in which little changes costs less than a first load. */
function writingOf(toWrite: number | null, rowsThen: number, size: number, { document }: PastRun): number {
  const counts = Object.values(document.load);
  const sum = (of: (counts: LoadCounts) => number) => counts.reduce((total, it) => total + of(it), 0);
  const written = sum(({ inserted, updated, deleted }) => inserted + updated + deleted);
  const compared = written + sum(({ unchanged }) => unchanged);
  if (compared === 0) return 1;
  const then = written / compared;
  const wasFirst = written === sum(({ inserted }) => inserted) && then === 1;
  const rows = rowsThen * size;
  // What there is more of than then, is new.
  const usual = Math.max(wasFirst ? USUALLY_CHANGED : then, 1 - 1 / size);
  const now = toWrite !== null && rows > 0 ? Math.min(1, toWrite / rows) : usual;
  return (1 + WRITTEN_TO_COMPARED * now) / (1 + WRITTEN_TO_COMPARED * then);
}
