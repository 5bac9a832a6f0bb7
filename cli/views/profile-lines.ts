import {
  type ColumnProfile,
  describeColumn,
  describeFile,
  describeReference,
  type FileProfile,
  type ProfileDocument,
  summaryOf,
} from '../../toolkit/profile/index.ts';
import type { Paper } from '../render/paper.ts';
import { pairs, table } from '../render/table.ts';
import { wrap } from '../render/wrap.ts';
import { indented, section } from './section.ts';

/** A profile for a person: each file with its columns in a table, then what is known of every column, then what ties the files. */
export function profileLines({ files, references }: ProfileDocument, paper: Paper): string[] {
  const ties = references.flatMap((reference) => wrap(describeReference(reference), paper.width - 2, '  '));
  return [
    ...files.flatMap((file) => fileLines(file, paper)),
    ...section(
      'References',
      indented(() => ties, paper),
      paper,
    ),
  ].slice(1);
}

function fileLines(file: FileProfile, paper: Paper): string[] {
  return [
    ...section(
      file.name,
      indented((inner) => pairs(describeFile(file), inner), paper),
      paper,
    ),
    ...section(
      `Columns of ${file.name}`,
      indented((inner) => overview(file.columns, inner), paper),
      paper,
    ),
    ...file.columns.flatMap((column) =>
      section(
        column.name,
        indented((inner) => pairs(describeColumn(column), inner), paper),
        paper,
      ),
    ),
  ];
}

function overview(columns: readonly ColumnProfile[], paper: Paper): string[] {
  const rows = columns.map((column) => {
    const [type, fits, missing, distinct, personal] = summaryOf(column);
    return [column.name, type, fits, missing, distinct, personal === '' ? '' : paper.theme.warning(personal)];
  });
  return table(
    [
      { title: 'column' },
      { title: 'type' },
      { title: 'fit', align: 'right' },
      { title: 'missing', align: 'right' },
      { title: 'different', align: 'right' },
      { title: 'personal' },
    ],
    rows,
    paper,
  );
}
