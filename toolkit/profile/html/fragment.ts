import { describeColumn, describeFile, describeReference, type Said, summaryOf } from '../describe.ts';
import type { ColumnProfile, FileProfile, ProfileDocument, Range } from '../document.ts';
import { count } from '../words.ts';
import { barMarkup, escaped, tableMarkup } from './markup.ts';
import { STYLE } from './style.ts';

/** What the tables below a column say better than a line. */
const IN_TABLES: ReadonlySet<string> = new Set(['patterns', 'do not fit', 'values']);

/** A profile as one element with its own style: what a notebook shows, and the body of the page. */
export function profileFragment({ files, references }: ProfileDocument, title?: string): string {
  return [
    `<div class="daybook-profile"><style>${STYLE}</style>`,
    ...(title === undefined ? [] : [`<h1>${escaped(title)}</h1>`]),
    ...files.map(fileMarkup),
    ...(references.length > 0
      ? [`<h2>References</h2><ul>${references.map((reference) => `<li>${escaped(describeReference(reference))}</li>`).join('')}</ul>`]
      : []),
    '</div>',
  ].join('\n');
}

const LEGEND =
  '<p class="legend"><span><i class="good"></i>fits the type</span><span><i class="bad"></i>does not fit</span><span><i class="none"></i>missing</span></p>' +
  '<p class="legend">In a pattern A and a stand for letters, 9 for a digit, and a sign with + for a run whose length varies.</p>';

function fileMarkup(file: FileProfile): string {
  const overview = file.columns.map((column) => {
    const [type, fits, missing, distinct, personal] = summaryOf(column);
    const tag = personal ? `<span class="tag">${escaped(personal)}</span>` : '';
    return [escaped(column.name), escaped(type), partsOf(column, file.rows), fits, missing, distinct, tag];
  });
  const headings = [
    { title: 'Column' },
    { title: 'Type' },
    { title: 'Share' },
    { title: 'Fits', isNumber: true },
    { title: 'Missing', isNumber: true },
    { title: 'Different', isNumber: true },
    { title: 'Personal' },
  ];
  return [
    `<section><h2>${escaped(file.name)}</h2>`,
    listMarkup(describeFile(file)),
    LEGEND,
    tableMarkup(`The columns of ${file.name}`, headings, overview),
    ...file.columns.map((column) => columnMarkup(column, file.rows)),
    '</section>',
  ].join('\n');
}

const partsOf = ({ fits, unfit, nulls, empties }: ColumnProfile, rows: number): string =>
  barMarkup(
    [
      ['good', fits],
      ['bad', unfit],
      ['none', nulls + empties],
    ],
    rows,
  );

const listMarkup = (said: readonly Said[]): string =>
  `<dl>${said.map(([label, text]) => `<dt>${escaped(label)}</dt><dd>${escaped(text)}</dd>`).join('')}</dl>`;

function columnMarkup(column: ColumnProfile, rows: number): string {
  const { name, type, range, patterns, values } = column;
  return [
    `<details><summary><h3>${escaped(name)}</h3> ${escaped(type)}</summary>`,
    listMarkup(describeColumn(column).filter(([label]) => !IN_TABLES.has(label))),
    range ? boxMarkup(name, range) : '',
    values.length > 0 ? valuesMarkup(column, rows) : '',
    patterns.length > 0 && type !== 'free text' ? patternsMarkup(column) : '',
    '</details>',
  ].join('\n');
}

const valuesMarkup = ({ name, values }: ColumnProfile, rows: number): string =>
  tableMarkup(
    `Common values of ${name}`,
    [{ title: 'Value' }, { title: 'Records', isNumber: true }, { title: 'Share' }],
    values.map(({ value, count: n }) => [escaped(value), count(n), barMarkup([['good', n]], rows)]),
  );

const patternsMarkup = ({ name, patterns, morePatterns }: ColumnProfile): string =>
  tableMarkup(
    `Patterns of ${name}${morePatterns > 0 ? ` and ${count(morePatterns)} more` : ''}`,
    [{ title: 'Pattern' }, { title: 'Texts', isNumber: true }, { title: 'Fit', isNumber: true }],
    patterns.map(({ pattern, count: n, fits }) => [
      `<code>${escaped(pattern)}</code>`,
      count(n),
      fits === n ? 'all' : fits === 0 ? 'none' : count(fits),
    ]),
  );

const WIDTH = 480;

/** Least, quartiles and greatest as a box on a line; the words beside it say the same. */
function boxMarkup(name: string, range: Range): string {
  const place = (value: number | string): number => (typeof value === 'number' ? value : Date.parse(value));
  const [least, greatest] = [place(range.least), place(range.greatest)];
  if (greatest <= least) return '';
  const x = (value: number | string): number => Math.round(4 + ((place(value) - least) / (greatest - least)) * (WIDTH - 8));
  const [low, middle, high] = [x(range.lowerQuartile), x(range.median), x(range.upperQuartile)];
  return (
    `<svg width="${WIDTH}" height="26" viewBox="0 0 ${WIDTH} 26" role="img" aria-label="${escaped(`Where half of ${name} lies between its least and its greatest`)}">` +
    `<g stroke="currentColor" fill="none" stroke-width="1.5"><path d="M4 13H${WIDTH - 4}M4 8v10M${WIDTH - 4} 8v10"/>` +
    `<rect x="${low}" y="5" width="${Math.max(1, high - low)}" height="16" fill="currentColor" fill-opacity=".25"/><path d="M${middle} 5v16" stroke-width="2.5"/></g></svg>`
  );
}
