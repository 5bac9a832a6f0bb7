import type { Kind } from './kind.ts';
import { faultsOf, type Verdict } from './verdict.ts';

/** One polluted file, judged. */
export interface Judged {
  readonly as: 'csv' | 'json';
  readonly kinds: readonly Kind[];
  readonly verdict: Verdict;
  /** What was wrong with a whole run on it; null where there was none. */
  readonly run: readonly string[] | null;
}

const COUNTS = ['stops', 'malformed', 'lost', 'shifted', 'neighbours', 'wrongStops'] as const;

const sumsOf = (files: readonly Judged[]): string =>
  [files.length, ...COUNTS.map((count) => files.reduce((sum, { verdict }) => sum + verdict[count], 0))]
    .map((n) => ` ${n.toLocaleString('en')} `)
    .join('|');

/** Outcomes by kind as a Markdown table. A file with two faults stands under both, and once in the total. */
function table(files: readonly Judged[]): string {
  const kinds = [...new Map(files.flatMap((file) => file.kinds).map((kind) => [kind.name, kind])).values()];
  const lines = kinds.map(
    ({ name, says }) => `| ${name} | ${says} |${sumsOf(files.filter((file) => file.kinds.some((kind) => kind.name === name)))}|`,
  );
  return [
    '| kind | what has to happen | files | stops | malformed | lost | shifted | neighbours lost | wrong stops |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...lines.map((line) => line.replaceAll('\0', '')).sort((a, b) => (a < b ? -1 : 1)),
    `| **all** | |${sumsOf(files)}|`,
  ].join('\n');
}

/** How many files, or runs on them, were wrong. */
export const wrongOf = (files: readonly Judged[]): number =>
  files.filter(({ verdict, run }) => faultsOf(verdict) > 0 || (run?.length ?? 0) > 0).length;

const FORMS = [
  ['csv', 'CSV (CRM, support, postcodes, companies)'],
  ['json', 'JSON (orders, as lines and as an array)'],
] as const;

/** The text for the page: what was done, and a table for each form. */
export function textOf(files: readonly Judged[], seed: number): string {
  const parts = FORMS.flatMap(([as, title]) => {
    const own = files.filter((file) => file.as === as);
    const runs = own.filter(({ run }) => run !== null);
    const two = own.filter(({ kinds }) => kinds.length > 1).length;
    const kinds = new Set(own.flatMap((file) => file.kinds.map(({ name }) => name))).size;
    const wrongRuns = runs.filter(({ run }) => run?.length !== 0).length;
    return [
      `### ${title}`,
      `${own.length} files of ${kinds} kinds, ${two} of them with two faults; ${runs.length} of them also in a whole run by the command: ${wrongRuns} wrong.`,
      table(own),
    ];
  });
  return [`Seed ${seed}.`, ...parts].join('\n\n');
}
