import type { Kind } from '../kind.ts';
import { characters } from './characters.ts';
import { cuts } from './cuts.ts';
import { extraLines } from './extra-lines.ts';
import { headers } from './headers.ts';
import { lineEnds } from './line-ends.ts';
import { openQuotes } from './open-quotes.ts';
import { quotes } from './quotes.ts';
import { separators } from './separators.ts';
import { sizes } from './sizes.ts';

/** Every way in which a CSV is polluted. */
export const csvKinds: readonly Kind[] = [
  ...quotes,
  ...openQuotes,
  ...separators,
  ...lineEnds,
  ...extraLines,
  ...characters,
  ...cuts,
  ...sizes,
  ...headers,
];
