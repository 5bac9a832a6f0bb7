import ts from 'typescript';
import { suggest } from '../../errors/index.ts';
import { parseCell } from './parse-cell.ts';

/** One fault that the compiler found in a cell. Lines and columns count from 1; columns in UTF-16 units, as editors do. */
export interface Problem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
  /** How many characters it is about, on its first line. */
  readonly width: number;
}

/** A module without types is `any`, as in a project that is only begun. */
const UNTYPED_MODULE = 7016;
/** Constants and functions of earlier cells are imports to the compiler. */
const ASSIGNS_TO_IMPORT = 2632;
const MISSING_MODULE = new Set([2307, 2792]);

/** What the compiler said of a cell's own text, in order, each said once. */
export function problemsOf(diagnostics: readonly ts.Diagnostic[], code: string): readonly Problem[] {
  const file = parseCell(code);
  const seen = new Set<string>();
  return diagnostics
    .filter((it) => it.code !== UNTYPED_MODULE && it.category === ts.DiagnosticCategory.Error)
    .toSorted((a, b) => (a.start ?? 0) - (b.start ?? 0))
    .map((it) => problemOf(it, file, code))
    .filter((it) => {
      const key = `${it.line}:${it.column}:${it.message}`;
      return !seen.has(key) && seen.add(key);
    });
}

function problemOf(diagnostic: ts.Diagnostic, file: ts.SourceFile, code: string): Problem {
  const start = Math.min(diagnostic.start ?? 0, code.length);
  const { line, character } = ts.getLineAndCharacterOfPosition(file, start);
  const rest = code.slice(start, start + (diagnostic.length ?? 1)).split('\n')[0] ?? '';
  return { message: wording(diagnostic), line: line + 1, column: character + 1, width: Math.max(1, rest.length) };
}

function wording({ code, messageText }: ts.Diagnostic): string {
  const text = ts.flattenDiagnosticMessageText(messageText, '\n').replace(/(?:import\("[^"]*__cell_\d+_\d+(?:\.ts)?"\)\.)/g, '');
  if (code === ASSIGNS_TO_IMPORT) return text.replace('an import', 'a constant, a function or an import');
  const plainer = misspeltName(text) ?? anyText(text) ?? wrongKind(text) ?? overload(text);
  if (plainer) return plainer;
  const name = MISSING_MODULE.has(code) ? /'([^']+)'/.exec(text)?.[1] : undefined;
  if (name === undefined) return text;
  return name.startsWith('.')
    ? `There is no file '${name}' beside the notebook.`
    : `There is no package '${name}' here. Install it: npm install ${name}`;
}

const NAMES_SHOWN = 20;

/** A name where only certain names may stand, such as a column: the compiler lists them, a person wants the nearest. */
function misspeltName(text: string): string | null {
  const [, given, union = ''] = /^(?:Argument of type|Type) '"([^"']*)"' is not assignable to (?:parameter of )?type '("[^']*)'\.$/.exec(text) ?? [];
  if (given === undefined) return null;
  const near = suggest(given, namesIn(union));
  return `There is no "${given}".${near ? ` Did you mean "${near}"?` : ''} ${thereAre(union)}`;
}

/** Any text where only certain names may stand: a column whose name is in a variable. */
function anyText(text: string): string | null {
  const [, union] = /^Argument of type 'string' is not assignable to parameter of type '("[^']*)'\.$/.exec(text) ?? [];
  return union === undefined
    ? null
    : `This takes certain names, and is given any text. Give its variable a type, such as "keyof typeof frame.row". ${thereAre(union)}`;
}

const namesIn = (union: string): string[] => [...union.matchAll(/"([^"]*)"/g)].map(([, name = '']) => name);

function thereAre(union: string): string {
  const names = namesIn(union);
  const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : '';
  return `There are: ${names.slice(0, NAMES_SHOWN).join(', ')}${more}.`;
}

/** What the columns of a frame hold, in words, and what makes texts of a file into it. */
const KINDS: readonly (readonly [type: RegExp, words: string, how: string])[] = [
  [/\b(?:number|Decimal|Numeric|bigint)\b/, 'numbers', 'toNumber(…) or toMoney(…)'],
  [/\bDate\b/, 'dates', 'toDate(…)'],
  [/\b(?:Truth|boolean)\b/, 'truths', 'a comparison'],
  [/\bstring\b/, 'texts', 'asText(…)'],
];
const kindOf = (type: string) => KINDS.find(([pattern]) => pattern.test(type));

/** An expression over a column of another kind than is taken: most often texts as they were read, where numbers are wanted. */
function wrongKind(text: string): string | null {
  const pairs = [...text.matchAll(/Argument of type 'Expr<([^']+)>' is not assignable to parameter of type '(?:Expr|Operand)<([^']+)>'/g)];
  const [given, wanted] = [kindOf(pairs[0]?.[1] ?? ''), kindOf(pairs[0]?.[2] ?? '')];
  if (!given || !wanted || given === wanted || pairs.some(([, a = '', b = '']) => kindOf(a) !== given || kindOf(b) !== wanted)) return null;
  const remedy = given[1] === 'texts' ? ` What a file holds is text until a contract or ${wanted[2]} makes it ${wanted[1]}.` : '';
  return `This takes ${wanted[1]}, and is given ${given[1]}.${remedy}`;
}

/** Of a call that fits none of several forms, why it does not fit the last, as the compiler recommends it. */
function overload(text: string): string | null {
  const reasons = /^No overload matches this call\.\n[\s\S]*gave the following error\.\n\s*(.+)/.exec(text);
  return reasons ? `No overload matches this call. ${reasons[1]}` : null;
}
