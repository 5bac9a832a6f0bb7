import { FIRST_CUSTOMER } from './people.ts';
import type { Random } from './random.ts';
import { showcaseAt } from './showcase.ts';

/** The number of a customer who is in the file and not hand-picked; some are asked for often, some hardly ever. */
export function customerFrom(random: Random, rows: number): string {
  // The square makes some customers busy and leaves some idle; the stride spreads the busy ones over the file.
  const chance = random.next();
  const index = (Math.floor(chance * chance * rows) * strideFor(rows)) % rows;
  return String(FIRST_CUSTOMER + (showcaseAt(index) === undefined ? index : index - 1));
}

/**
 * Spreads a short list evenly over `count` places: what stands at `index`, undefined where nothing does.
 *
 * @example pickedAt(['a', 'b'], 3, 9) // 'b'
 */
export function pickedAt<T>(list: readonly T[], index: number, count: number): T | undefined {
  const gap = Math.max(1, Math.floor(count / (list.length + 1)));
  return index % gap === 0 ? list[index / gap] : undefined;
}

const strideFor = (rows: number): number => (rows % 7919 === 0 ? 7907 : 7919);
