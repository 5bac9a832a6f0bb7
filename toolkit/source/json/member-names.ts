/** A name outside this form may be data used as a name: it is not reported. */
const REPORTABLE = /^[A-Za-z_][A-Za-z0-9_ .-]{0,39}$/;
const MOST_EXTRA = 20;

function sameName(name: Buffer | undefined, bytes: Buffer, from: number, to: number): boolean {
  const length = to - from;
  if (name === undefined || name.length !== length) return false;
  for (let i = 0; i < length; i++) if (name[i] !== bytes[from + i]) return false;
  return true;
}

/** Finds the names of members among those that are wanted, by their bytes, and notes the others. */
export class MemberNames {
  readonly #known: Buffer[];
  readonly #extra: string[] = [];
  readonly #after: Uint32Array;
  #last = 0;

  /** `mostExtra`: how many names that are not wanted are noted. */
  constructor(
    readonly wanted: readonly string[],
    readonly mostExtra = MOST_EXTRA,
  ) {
    this.#known = wanted.map((name) => Buffer.from(name));
    this.#after = new Uint32Array(wanted.length + mostExtra);
  }

  /** Names met that are not wanted, at most `mostExtra` (twenty); those that hardly are names of columns are left out. */
  get extraColumns(): readonly string[] {
    return this.#extra;
  }

  /** Index of the wanted name that stands between two quotes, or -1. `hasEscape` tells that it must be unescaped first. */
  indexOf(bytes: Buffer, from: number, to: number, hasEscape: boolean): number {
    if (hasEscape) return this.#byText(JSON.parse(bytes.toString('utf8', from - 1, to + 1)) as string);
    // Records tend to name their members in one order: after a name comes the one that came after it before.
    const before = this.#last;
    const guess = this.#after[before] as number;
    if (sameName(this.#known[guess], bytes, from, to)) return this.#found(guess);
    for (let i = 0; i < this.#known.length; i++) {
      if (!sameName(this.#known[i], bytes, from, to)) continue;
      this.#after[before] = i;
      return this.#found(i);
    }
    return this.#extra.length < this.mostExtra ? this.#byText(bytes.toString('utf8', from, to)) : -1;
  }

  #found(index: number): number {
    this.#last = index;
    return index < this.wanted.length ? index : -1;
  }

  #byText(name: string): number {
    const index = this.wanted.indexOf(name);
    if (index < 0 && this.#extra.length < this.mostExtra && REPORTABLE.test(name) && !this.#extra.includes(name)) {
      this.#extra.push(name);
      this.#known.push(Buffer.from(name));
    }
    return index;
  }
}
