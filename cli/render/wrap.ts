const ESCAPES = /\u001b\[[0-9;]*m/g;

/** How many columns a text takes, colours left out. Wide characters count as one: none of ours are. */
export const widthOf = (text: string): number => [...text.replace(ESCAPES, '')].length;

/** Fills a text up to a width with spaces. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const fill = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + fill : fill + text;
}

/**
 * Breaks a text into lines of at most a width, at spaces; a word longer than a line is left whole, so that a path can be copied.
 *
 * @param indent put before every line but the first
 */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  const [first = '', ...words] = text.trimStart().split(' ');
  let line = ' '.repeat(text.length - text.trimStart().length) + first;
  for (const word of words) {
    if (widthOf(line) + 1 + widthOf(word) <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line];
}
