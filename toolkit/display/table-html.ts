import { escapeHtml } from './escape-html.ts';
import { footOf, gapOf, isNumeric, type TableView } from './table-view.ts';

// inline, as sanitizers take style sheets away; opacity instead of a colour, for light and dark themes
const QUIET = 'opacity:0.7;font-weight:normal';

/** A view as an HTML table: types under names, numbers to the right, nulls in italics. Nothing in it runs, nothing is fetched. */
export function tableHtml(view: TableView): string {
  const sides = view.columns.map(({ type }) => `text-align:${isNumeric(type) ? 'right' : 'left'}`);
  const head = view.columns.map(
    ({ name, type, isMasked }, i) =>
      `<th scope="col" style="${sides[i]}">${escapeHtml(name)}<br><span style="${QUIET}">${escapeHtml(type)}${isMasked ? ', masked' : ''}</span></th>`,
  );
  const row = (cells: readonly (string | null)[]): string =>
    `<tr>${cells.map((cell, i) => `<td style="${sides[i]};white-space:pre">${cell === null ? `<i style="${QUIET}">null</i>` : escapeHtml(cell)}</td>`).join('')}</tr>`;
  const gap = gapOf(view);
  return [
    '<div style="overflow-x:auto">',
    '<table class="dataframe">',
    `<thead><tr>${head.join('')}</tr></thead>`,
    '<tbody>',
    ...view.first.map(row),
    ...(gap === null ? [] : [`<tr><td colspan="${view.columns.length}" style="text-align:left;${QUIET}">${escapeHtml(gap)}</td></tr>`]),
    ...view.last.map(row),
    '</tbody>',
    '</table>',
    `<p style="${QUIET}">${escapeHtml(footOf(view))}</p>`,
    '</div>',
  ].join('\n');
}
