import { readFile, writeFile } from 'node:fs/promises';
import { DaybookError } from '../../errors/index.ts';
import { correctionsFile, fileFault, type State } from '../../state/index.ts';
import type { Correction } from './correction.ts';

/** Writes what a replay is made with beside its rejects, one record a line, readable by its owner alone. @throws DaybookError `state.*` */
export async function keepCorrections(state: State, runId: string, corrections: readonly Correction[]): Promise<void> {
  const path = correctionsFile(state, runId);
  try {
    await writeFile(path, linesOf(corrections), { mode: 0o600 });
  } catch (fault) {
    throw fileFault(fault, 'write the corrections', path);
  }
}

function* linesOf(corrections: readonly Correction[]): Generator<string> {
  for (const it of corrections) yield `${JSON.stringify(it)}\n`;
}

/** What a replay was made with. @throws DaybookError `replay.rejects-gone` where it is no longer kept, `state.*` */
export async function keptCorrections(state: State, runId: string): Promise<Correction[]> {
  const path = correctionsFile(state, runId);
  try {
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as Correction);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') throw new DaybookError('replay.rejects-gone', { runId });
    throw fileFault(fault, 'read the corrections', path);
  }
}
