/** Signs that say how something stands. */
export interface Glyphs {
  readonly good: string;
  readonly bad: string;
  readonly warning: string;
  readonly running: string;
  readonly waiting: string;
  readonly dot: string;
  /** One cell of a bar. */
  readonly bar: string;
}

const unicode: Glyphs = { good: '✔', bad: '✖', warning: '▲', running: '●', waiting: '○', dot: '·', bar: '█' };
const ascii: Glyphs = { good: 'ok', bad: 'x', warning: '!', running: '*', waiting: '-', dot: '-', bar: '#' };

export const glyphsOf = (isUnicode: boolean): Glyphs => (isUnicode ? unicode : ascii);

const PLAIN: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '×': 'x',
  '·': '-',
  '→': '->',
  '•': '*',
  '≤': '<=',
  '≥': '>=',
  '−': '-',
};

/** Typographic signs in ASCII; what is no typography (a name, a path) stays as it is. */
export const toAscii = (text: string): string => text.replace(/[’‘“”–—…×·→•≤≥−]/g, (sign) => PLAIN[sign] ?? sign);
