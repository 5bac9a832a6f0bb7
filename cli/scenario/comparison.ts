/** One thing that was expected beside what came; null where there is nothing on that side. */
export interface Pair {
  readonly label: string;
  readonly expected: string | null;
  readonly actual: string | null;
  readonly isEqual: boolean;
}

/** One part of a scenario's outcome. */
export interface Comparison {
  readonly part: 'exit code' | 'published rows' | 'rules' | 'rejects';
  readonly pairs: readonly Pair[];
}

type Row = Readonly<Record<string, string | null>>;

/** @param isEqual how two texts of a column are compared, where not letter by letter */
export function compareRows(
  columns: readonly string[],
  expected: readonly Row[],
  actual: readonly Row[],
  isEqual: (column: string, a: string | null, b: string | null) => boolean,
): Pair[] {
  const [key = ''] = columns;
  return Array.from({ length: Math.max(expected.length, actual.length) }, (_, i) => i).flatMap((i) => {
    const [wanted, came] = [expected[i], actual[i]];
    const name = wanted?.[key] ?? came?.[key] ?? String(i + 1);
    if (!wanted || !came) return [{ label: name, expected: wanted ? 'a row' : null, actual: came ? 'a row' : null, isEqual: false }];
    return columns.map((column) => ({
      label: `${name} ${column}`,
      expected: wanted[column] ?? null,
      actual: came[column] ?? null,
      isEqual: isEqual(column, wanted[column] ?? null, came[column] ?? null),
    }));
  });
}

type RuleCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Every rule that either side counts. */
export function compareRules(expected: RuleCounts, actual: RuleCounts): Pair[] {
  const flat = (counts: RuleCounts) =>
    new Map(
      Object.entries(counts).flatMap(([source, rules]) =>
        Object.entries(rules).flatMap(([rule, n]) => (n === 0 ? [] : [[`${source}.${rule}`, String(n)] as const])),
      ),
    );
  const [wanted, came] = [flat(expected), flat(actual)];
  return [...new Set([...wanted.keys(), ...came.keys()])].sort().map((label) => {
    const [a, b] = [wanted.get(label) ?? '0', came.get(label) ?? '0'];
    return { label, expected: a, actual: b, isEqual: a === b };
  });
}

/** Lines in any order, each as often as it stands there. */
export function compareLines(columns: readonly string[], expected: readonly Row[], actual: readonly Row[]): Pair[] {
  const line = (row: Row) => columns.map((column) => row[column] ?? '-').join(' ');
  const left = actual.map(line);
  const pairs = expected.map(line).map((wanted): Pair => {
    const at = left.indexOf(wanted);
    if (at >= 0) left.splice(at, 1);
    return { label: '', expected: wanted, actual: at >= 0 ? wanted : null, isEqual: at >= 0 };
  });
  return [...pairs, ...left.map((came): Pair => ({ label: '', expected: null, actual: came, isEqual: false }))];
}
