import type { Finding } from '../doctor/finding.ts';
import type { Paper } from '../render/paper.ts';
import { wrap } from '../render/wrap.ts';

/** Findings, what is not well with its remedy, and the sum. */
export function doctorLines(findings: readonly Finding[], paper: Paper): string[] {
  const { theme, glyphs, width } = paper;
  const look = { ok: [glyphs.good, theme.good], warn: [glyphs.warning, theme.warning], fail: [glyphs.bad, theme.bad] } as const;
  const lines = findings.flatMap(({ check, status, message, remedy }) => {
    const [glyph, paint] = look[status];
    const sign = paper.isPlain ? `${status}:` : paint(glyph);
    return [...wrap(`${sign} ${check}: ${message}`, width, '  '), ...(remedy === null ? [] : wrap(`  Fix: ${remedy}`, width, '  '))];
  });
  const number = (status: Finding['status']) => findings.filter((it) => it.status === status).length;
  const [warnings, failures] = [number('warn'), number('fail')];
  const sum =
    failures > 0
      ? theme.bad(`${failures} to mend, ${warnings} to think about.`)
      : warnings > 0
        ? theme.warning(`Ready. ${warnings} to think about.`)
        : theme.good('Ready.');
  return [...lines, '', sum];
}
