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
  const misspelt = misspeltName(text);
  if (misspelt) return misspelt;
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
  const names = [...union.matchAll(/"([^"]*)"/g)].map(([, name = '']) => name);
  const near = suggest(given, names);
  const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : '';
  return `There is no "${given}".${near ? ` Did you mean "${near}"?` : ''} There are: ${names.slice(0, NAMES_SHOWN).join(', ')}${more}.`;
}
