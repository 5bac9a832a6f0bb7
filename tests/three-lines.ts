const EXPECTED_LINES = 3;

/** Whether what was said shows a stack, or the insides of Node. */
export const showsStack = (text: string): boolean => /\n\s+at .*\(?.*:\d+:\d+\)?/.test(text) || text.includes('node:internal');

/** Whether the last words on stderr are an error in three lines: what with names in quotes, where, and a remedy; and no stack. */
export function isThreeLineError(text: string): boolean {
  const lines = text.trimEnd().split('\n').slice(-EXPECTED_LINES);
  return lines.length === EXPECTED_LINES && (lines[2] ?? '').trim().startsWith('Fix: ') && !showsStack(text);
}
