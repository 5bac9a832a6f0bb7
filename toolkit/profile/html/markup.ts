/** Text as it may stand in an element or an attribute. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A heading of a table; numbers stand on the right. */
export interface Heading {
  readonly title: string;
  readonly isNumber?: boolean;
}

/** A table with a caption; the first cell of a row is its heading. Cells are markup. */
export function tableMarkup(caption: string, headings: readonly Heading[], rows: readonly (readonly string[])[]): string {
  const align = (i: number) => (headings[i]?.isNumber ? ' class="number"' : '');
  const head = headings.map(({ title }, i) => `<th scope="col"${align(i)}>${escaped(title)}</th>`).join('');
  const cell = (markup: string, i: number) => (i === 0 ? `<th scope="row">${markup}</th>` : `<td${align(i)}>${markup}</td>`);
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n');
  return `<div class="scroll" role="region" aria-label="${escaped(caption)}" tabindex="0"><table><caption>${escaped(caption)}</caption><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table></div>`;
}

/** Parts of a whole side by side; the figures stand beside it as text. */
export function barMarkup(parts: readonly (readonly [kind: 'good' | 'bad' | 'none', part: number])[], whole: number): string {
  const width = (part: number) => (whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100);
  const inner = parts.map(([kind, part]) => `<i class="${kind}" style="width:${width(part)}%"></i>`).join('');
  return `<span class="bar" aria-hidden="true">${inner}</span>`;
}
