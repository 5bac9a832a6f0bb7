/** A generator of numbers from 0 to 1 that a seed fixes (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A list in a random order. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** So many of a list, each at most once, in the list's order. */
export function sample<T>(items: readonly T[], size: number, random: () => number): T[] {
  const chosen = new Set<number>();
  while (chosen.size < Math.min(size, items.length)) chosen.add(Math.floor(random() * items.length));
  return items.filter((_, index) => chosen.has(index));
}
