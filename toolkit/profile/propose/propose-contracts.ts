import { type ColumnProfile, type FileProfile, isPersonal, type ProfileDocument, type Reference } from '../document.ts';
import { count, counted, percent } from '../words.ts';
import { type FieldRole, fieldSource } from './field-source.ts';
import { type Call, commentText, keyText, namesOf, quotedText } from './source-text.ts';

/** A contract holds 62 rules; a few are left for what a person adds. */
const MOST_RULES = 56;
/** Names that checks use themselves, and one that an object literal cannot hold. */
const RESERVED: ReadonlySet<string> = new Set(['row', 'bits', 'set', '__proto__']);
const LINE_WIDTH = 150;

/** What may be imported from `daybook`, so that no constant takes such a name. */
const KINDS = ['amount', 'contract', 'date', 'degrees', 'id', 'text', 'word'];
const HELPERS = ['collapseSpace', 'compactPostcode', 'lower', 'personName', 'spacedPostcode', 'UK_PHONE', 'UK_POSTCODE', 'ukPhone'];

/**
 * A TypeScript file that states a contract for every file of a profile, to be read and corrected by a person: kinds and zod rules from
 * the texts that were found, personal data with the reason for the guess.
 */
export function proposeContracts({ files, references }: ProfileDocument): string {
  const constants = new Set([...KINDS, ...HELPERS]);
  const uses = new Set(['contract']);
  const contracts = files
    .filter(({ columns }) => columns.length > 0)
    .map((file) => {
      const { name, constant } = namesOf(file.name, constants);
      constants.add(constant);
      return contractSource(file, { name, constant, references: references.filter(({ from }) => from.file === file.name) }, uses);
    });
  const body = contracts.join('\n');
  const zod = /\bz\./.test(body) ? "import * as z from 'zod';\n" : '';
  const imports = [...uses].toSorted((a, b) => a.toLowerCase().localeCompare(b.toLowerCase()));
  return `// Proposed by \`daybook profile\` from what the data holds today. Read it, correct it, keep it.\nimport { ${imports.join(', ')} } from 'daybook';\n${zod}\n${body}`;
}

interface Named {
  readonly name: string;
  readonly constant: string;
  readonly references: readonly Reference[];
}

function contractSource(file: FileProfile, { name, constant, references }: Named, uses: Set<string>): string {
  const second = new Set(file.alternatives.map(([, name]) => name));
  const key = keyOf(file, second);
  const kept = references.filter(({ from }) => !second.has(from.column));
  let rules = 1 + kept.length;
  const fields = file.columns.flatMap((column) => {
    if (second.has(column.name)) return [];
    const isKey = column === key.column;
    const field = fieldName(column);
    const call = fieldSource(column, roleOf(column, { file, isKey, references }));
    const source = `${keyText(field)}: ${callSource(call)},`;
    rules += call.rules;
    if (rules > MOST_RULES && !isKey)
      return [`  ${commentText('a contract holds 62 rules; this one would be too many')}`, `  ${commentText(source)}`];
    for (const used of [call.kind, ...call.uses]) uses.add(used);
    return [...commentsOf(column, call.kind).map((text) => `  ${commentText(text)}`), `  ${source}`];
  });
  const options = [
    `key: ${quotedText(fieldName(key.column))}`,
    ...(kept.length > 0
      ? [`references: { ${kept.map(({ from, to }) => `${keyText(from.column)}: ${quotedText(to.file.replace(/\.[^.]*$/, ''))}`).join(', ')} }`]
      : []),
  ];
  return [
    commentText(`${file.name}: ${counted(file.rows, 'record')}. ${key.says[0]}`),
    ...key.says.slice(1).map(commentText),
    ...file.alternatives.map(([first, other]) => commentText(`${first} and ${other}: a record has one or the other, one field here.`)),
    ...references.map(({ from, to, found, present }) =>
      commentText(`${from.column}: ${percent(found, present)} found in ${to.column} of ${to.file}.`),
    ),
    `export const ${constant} = contract(${quotedText(name)}, {`,
    ...fields,
    `}, { ${options.join(', ')} });`,
    '',
  ].join('\n');
}

function roleOf(
  column: ColumnProfile,
  { file, isKey, references }: { readonly file: FileProfile; readonly isKey: boolean; readonly references: readonly Reference[] },
): FieldRole {
  const [, other] = file.alternatives.find(([name]) => name === column.name) ?? [];
  const present = (name: string | undefined): number => {
    const found = file.columns.find((it) => it.name === name);
    return found ? found.fits + found.unfit : 0;
  };
  return {
    isKey,
    isReference: references.some(({ from }) => from.column === column.name),
    from: other !== undefined ? [column.name, other] : fieldName(column) === column.name ? [] : [column.name],
    missing: Math.max(0, file.rows - present(column.name) - present(other)),
  };
}

const fieldName = ({ name }: ColumnProfile): string => (RESERVED.has(name.toLowerCase()) ? `${name.replaceAll('_', '')}_value` : name);

function callSource({ kind, options }: Call): string {
  const line = `${kind}({ ${options.map(([name, source]) => (name === source ? name : `${name}: ${source}`)).join(', ')} })`;
  if (line.length < LINE_WIDTH) return line;
  return `${kind}({\n${options.map(([name, source]) => `    ${name}: ${source},`).join('\n')}\n  })`;
}

/** The best single key and what is to be said of it; where there is none, the column with the most different texts, and what is to be decided. */
function keyOf(file: FileProfile, second: ReadonlySet<string>): { readonly column: ColumnProfile; readonly says: readonly string[] } {
  const { columns, keys } = file;
  const single = keys.find((key) => key.columns.length === 1);
  const column = columns.find(({ name }) => name === single?.columns[0]);
  if (!single || !column) {
    const telling = columns.filter(({ name }) => !second.has(name)).toSorted((a, b) => b.distinct - a.distinct)[0] as ColumnProfile;
    return { column: telling, says: toDecide(file, telling) };
  }
  const { duplicates } = single;
  const repeats = `${duplicates === 1 ? '1 record repeats' : `${count(duplicates)} records repeat`} the key of another: the last of a key counts.`;
  return { column, says: [duplicates > 0 ? repeats : 'The key is unique.'] };
}

/** What a person must decide where no column tells the records apart. */
function toDecide({ name, rows, keys }: FileProfile, { name: telling, distinct, isDistinctExact }: ColumnProfile): string[] {
  const most = `${isDistinctExact ? '' : 'about '}${count(distinct)}`;
  return [
    `DECIDE the key: a contract needs one, and no single column of ${name} tells its records apart.`,
    `"${telling}" stands below so that this compiles. It has ${most} different values: of ${counted(rows, 'record')} a check would accept ${most} at the most,`,
    'the last of each value, and reject the others as duplicates.',
    ...(keys[0] ? [`${keys[0].columns.map((it) => `"${it}"`).join(' with ')} is unique: a column that joins the two would be a key.`] : []),
    'Name another column as the key, or ask who sends the file for a number of each record.',
  ];
}

/** What a reader should know before keeping a field. */
function commentsOf(column: ColumnProfile, kind: string): string[] {
  const { personal, type, unfit, fits, dateForms, notes } = column;
  return [
    ...(personal && isPersonal(column) ? [`personal: ${personal.class}, ${Math.round(personal.confidence * 100)} % sure. ${personal.reason}`] : []),
    ...(unfit > 0
      ? [`${count(unfit)} of ${count(fits + unfit)} ${unfit === 1 ? 'is' : 'are'} ${type === 'code list' ? 'none of the words' : `no ${type}`}.`]
      : []),
    ...(dateForms.length > 1 ? [`Written as ${dateForms.map(({ form, count: n }) => `${form} (${count(n)})`).join(', ')}.`] : []),
    ...(kind === 'amount' ? amountNotes(column) : []),
    ...notes,
  ];
}

/** What the kind `amount` refuses of the records that are there. */
function amountNotes({ name, nulls, empties, range }: ColumnProfile): string[] {
  const missing = nulls + empties;
  return [
    ...(missing > 0 ? [`${counted(missing, 'record')} without it: an amount refuses ${missing === 1 ? 'it' : 'them'}, as \`${name}.missing\`.`] : []),
    ...(Number(range?.least) < 0 ? [`Some are below zero: an amount refuses them, as \`${name}.negative\`.`] : []),
  ];
}
