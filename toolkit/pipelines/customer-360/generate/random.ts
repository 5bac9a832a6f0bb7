/** A seeded source of chance: the same seed and stream give the same numbers on any machine. */
export interface Random {
  /** A number from 0 up to, not including, 1. */
  next(): number;
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number;
  /** True with the given probability, 0 to 1. */
  chance(probability: number): boolean;
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
}

/**
 * Makes a `Random` (mulberry32) from a seed and the name of a stream, so that every file has its own numbers.
 *
 * - Pure integer arithmetic: no `Math.random`, and none of the `Math` functions whose last digit an engine may choose.
 *
 * @example randomFrom(360, 'crm').below(10)
 */
export function randomFrom(seed: number, stream: string): Random {
  let state = mixed(seed, stream);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (list) => list[below(list.length)] as (typeof list)[number],
  };
}

/**
 * Deals the cards of a list in turn, over and over, so that a rare case is certain to come.
 *
 * @example const deal = deckOf(['a', 'b']); deal(); deal(); deal() // 'a', 'b', 'a'
 */
export function deckOf<T>(cards: readonly T[]): () => T {
  let at = 0;
  return () => cards[at++ % cards.length] as T;
}

/**
 * Deals the next card about once in `gap` calls, else undefined.
 *
 * - Two cards are never more than 1.5 × `gap` calls apart, so a list of n cards is through after 1.5 × n × `gap` calls.
 */
export function nowAndThen<T>(random: Random, gap: number, cards: readonly T[]): () => T | undefined {
  const deal = deckOf(cards);
  const wait = (): number => Math.floor(gap / 2) + random.below(gap);
  let left = wait();
  return () => {
    if (left-- > 0) return undefined;
    left = wait();
    return deal();
  };
}

function mixed(seed: number, stream: string): number {
  // The high word counts too: two seeds a multiple of 2^32 apart are two seeds.
  let hash = (seed ^ 0x9e3779b9 ^ Math.imul(Math.floor(seed / 4294967296), 0x85ebca6b)) | 0;
  for (let at = 0; at < stream.length; at += 1) {
    hash = Math.imul(hash ^ stream.charCodeAt(at), 0x01000193);
    hash ^= hash >>> 13;
  }
  return hash;
}
