import { describeFile, describeReference, summaryOf } from './describe.ts';
import type { ProfileDocument } from './document.ts';

/** A profile as plain lines, one a column: what a notebook shows where it shows no pages. */
export const profileText = ({ files, references }: ProfileDocument): string =>
  [
    ...files.flatMap((file) => [
      file.name,
      ...describeFile(file).map(([label, text]) => `  ${label}: ${text}`),
      ...file.columns.map((column) => {
        const [type, fits, missing, distinct, personal] = summaryOf(column);
        return `  ${column.name}: ${type}${fits && `, ${fits} fit`}, ${missing} missing, ${distinct} different${personal ? `, personal: ${personal}` : ''}`;
      }),
    ]),
    ...references.map(describeReference),
    '',
  ].join('\n');
