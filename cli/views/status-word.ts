import type { LedgerRun } from '../../toolkit/state/index.ts';
import type { Glyphs } from '../render/glyphs.ts';
import type { Theme } from '../render/theme.ts';

type Known = Pick<LedgerRun, 'document' | 'mode' | 'isPartial'>;

/** How a run ended, in a word: what it did where it succeeded. */
export function statusWord({ document: { status }, mode, isPartial }: Known): string {
  if (status !== 'succeeded') return status;
  if (mode === 'validate') return 'checked';
  if (isPartial) return 'trial';
  return mode === 'dry-run' ? 'dry run' : 'published';
}

/** The word with its sign, in the colour of what it means. */
export function statusMark(run: Known, { glyphs, theme }: { readonly glyphs: Glyphs; readonly theme: Theme }): string {
  const { status } = run.document;
  const word = statusWord(run);
  if (status === 'succeeded') return theme.good(`${glyphs.good} ${word}`);
  if (status === 'running') return theme.accent(`${glyphs.running} ${word}`);
  return status === 'cancelled' ? theme.warning(`${glyphs.warning} ${word}`) : theme.bad(`${glyphs.bad} ${word}`);
}
