import type { Injected } from './inject.ts';

/** Faults of one kind at calls of one kind. */
interface Line {
  calls: Set<string>;
  runs: number;
  old: number;
  new: number;
  other: number;
  missed: number;
  wrong: number;
  codes: Map<string, number>;
}

const bump = (codes: Map<string, number>, code: string): Map<string, number> => codes.set(code, (codes.get(code) ?? 0) + 1);

/** A Markdown table of injected faults: calls by fault, what the table held afterwards, how the runs ended. */
export function tally(results: readonly Injected[]): string {
  const lines = new Map<string, Line>();
  for (const { night, call, fault, state, code, isMet, wrong } of results) {
    const key = `${night} | ${call.split(' ')[0]} | ${fault}`;
    const line = lines.get(key) ?? { calls: new Set(), runs: 0, old: 0, new: 0, other: 0, missed: 0, wrong: 0, codes: new Map() };
    lines.set(key, line);
    line.calls.add(call);
    line.runs += 1;
    line[state] += 1;
    if (!isMet) line.missed += 1;
    if (wrong.length > 0) line.wrong += 1;
    bump(line.codes, code === null ? 'killed' : String(code));
  }
  const rows = [...lines]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, it]) => {
      const codes = [...it.codes].map(([code, n]) => `${code} × ${n}`).join(', ');
      return `| ${key} | ${it.runs} | ${it.old} | ${it.new} | ${it.other} | ${codes} | ${it.missed} | ${it.wrong} |`;
    });
  return [
    '| load | call | fault | runs | old | new | other | exit codes | not met | wrong |',
    '| --- | --- | --- | ---: | ---: | ---: | ---: | --- | ---: | ---: |',
    ...rows,
  ].join('\n');
}
