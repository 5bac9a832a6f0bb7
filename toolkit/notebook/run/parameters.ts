import ts from 'typescript';
import { DaybookError, suggest } from '../../errors/index.ts';
import type { CellCompiler, ParameterType } from '../compile/cell-compiler.ts';
import { parseCell } from '../compile/parse-cell.ts';

/** A parameter as it was given on the command line. */
export interface GivenParameter {
  readonly name: string;
  readonly text: string;
}

/** @throws DaybookError `notebook.bad-parameter` (64) */
export function parseParameters(words: readonly string[]): readonly GivenParameter[] {
  const given = words.map((word) => {
    const at = word.indexOf('=');
    if (at < 1) throw new DaybookError('notebook.bad-parameter', { text: word });
    return { name: word.slice(0, at).trim(), text: word.slice(at + 1) };
  });
  const twice = given.find(({ name }, i) => given.findIndex((it) => it.name === name) < i);
  if (twice) throw new DaybookError('notebook.bad-parameter', { text: `${twice.name}=${twice.text}` });
  return given;
}

/** The declarations of a cell that a value can be given to: a name and what stands behind its `=`. */
export function parametersOf(code: string): readonly { readonly name: string; readonly from: number; readonly to: number }[] {
  const file = parseCell(code);
  return file.statements.flatMap((statement) =>
    ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.flatMap(({ name, initializer }) =>
          ts.isIdentifier(name) && initializer ? [{ name: name.text, from: initializer.getStart(file), to: initializer.end }] : [],
        )
      : [],
  );
}

/**
 * The parameters cell with other values: what stands behind the `=` of each declaration is replaced, as by hand. Nothing is assigned
 * afterwards, so what else the cell makes of a parameter is made of the new value.
 *
 * @throws DaybookError `notebook.unknown-parameter`, `notebook.wrong-parameter` (64)
 */
export function withParameters(
  code: string,
  given: readonly GivenParameter[],
  { path, compiler }: { readonly path: string; readonly compiler: CellCompiler },
): string {
  const places = parametersOf(code);
  const known = places.map(({ name }) => name);
  const types = compiler.variableTypes(code);
  const edits = given.map(({ name, text }) => {
    const place = places.find((it) => it.name === name);
    if (!place) throw new DaybookError('notebook.unknown-parameter', { path, name, known, suggestion: suggest(name, known) });
    return { ...place, text: literalOf(text, types.get(name) ?? ANY, { path, name }) };
  });
  return edits.toSorted((a, b) => b.from - a.from).reduce((all, { from, to, text }) => all.slice(0, from) + text + all.slice(to), code);
}

const ANY: ParameterType = { text: 'any', words: [], takesText: true, takesNumber: true, takesBoolean: true, takesNull: true, takesJson: true };
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** The value as it is written in TypeScript: by its type, so that `007` stays a text where a text is wanted. */
function literalOf(text: string, type: ParameterType, at: { readonly path: string; readonly name: string }): string {
  const refuse = (suggestion: string | null = null) => new DaybookError('notebook.wrong-parameter', { ...at, must: wording(type), suggestion });
  if (type.words.length > 0) {
    if (type.words.includes(text)) return JSON.stringify(text);
    if (!type.takesText && !type.takesNumber && !type.takesBoolean && !(type.takesNull && text === 'null')) throw refuse(suggest(text, type.words));
  }
  if (type.takesNull && text === 'null') return 'null';
  if (type.takesBoolean && /^(?:true|false)$/.test(text)) return text;
  if (type.takesNumber && NUMBER.test(text.trim()) && Number.isFinite(Number(text))) return String(Number(text));
  if (type.takesJson && /^\s*[[{]/.test(text)) return jsonOf(text) ?? raise(refuse());
  if (type.takesText) return JSON.stringify(text);
  throw refuse();
}

const raise = (fault: Error): never => {
  throw fault;
};

function jsonOf(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return null;
  }
}

function wording({ text, words, takesText, takesNumber, takesBoolean, takesNull, takesJson }: ParameterType): string {
  const kinds = [
    ...words.map((word) => `"${word}"`),
    ...(takesText ? ['a text'] : []),
    ...(takesNumber ? ['a number'] : []),
    ...(takesBoolean ? ['true or false'] : []),
    ...(takesNull ? ['null'] : []),
    ...(takesJson ? [`JSON of the type ${text}`] : []),
  ];
  return kinds.length > 0 ? kinds.join(' or ') : `of the type ${text}, which the command line cannot give`;
}
