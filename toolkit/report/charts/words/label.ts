/** Characters that XML cannot hold, that end a line, or that turn the direction of writing. */
const UNFIT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;
const MOST_CHARACTERS = 28;

const MOST_IN_SENTENCE = 60;

/** A text as a label of a chart: on one line, fit for XML, and cut in its middle where there is no room: alike names often differ at their ends. */
export function label(text: string, most = MOST_CHARACTERS): string {
  const characters = [...(text.trim() === '' ? '(blank)' : text.replace(UNFIT, '\ufffd'))];
  if (characters.length <= most) return characters.join('');
  const tail = Math.floor(most / 3);
  const [begin, end] = [characters.slice(0, most - 1 - tail), characters.slice(-tail)].map((part) => part.join(''));
  return `${begin?.trimEnd()}…${end?.trimStart()}`;
}

/** A column's name as words. @example wordsOf('total_spent') // 'Total spent' */
export function wordsOf(column: string): string {
  const words = label(column.replaceAll('_', ' ').trim() || column, MOST_IN_SENTENCE);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Labels one after another, the last after "and". */
export const listOf = (labels: readonly string[]): string =>
  labels.length < 2 ? labels.join('') : `${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}`;

/** Breaks a text into lines that a test lets pass, at spaces. */
export function lines(text: string, fits: (line: string) => boolean): string[] {
  const made: string[] = [];
  for (const word of text.split(' ')) {
    const last = made.at(-1);
    if (last !== undefined && fits(`${last} ${word}`)) made[made.length - 1] = `${last} ${word}`;
    else made.push(word);
  }
  return made;
}
