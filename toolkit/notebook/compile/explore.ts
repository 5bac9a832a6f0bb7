import ts from 'typescript';
import { isFrame } from './open-frames.ts';

/** What could stand at a place. Positions in UTF-16 units. */
export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly entries: readonly { readonly text: string; readonly kind: string }[];
}

const MOST_ENTRIES = 500;
/** Words of the language come after what a person has made. */
const LAST_KINDS: readonly string[] = ['keyword', 'warning'];

/** Completions at a place of a file: members and names first, words of the language last. */
export function completionsAt(service: ts.LanguageService, file: string, text: string, at: number): Completion {
  const found = service.getCompletionsAtPosition(file, at, { includeCompletionsWithInsertText: false });
  const before = /[\p{ID_Continue}$]*$/u.exec(text.slice(0, at))?.[0] ?? '';
  const span = found?.optionalReplacementSpan ?? found?.entries.find(({ replacementSpan }) => replacementSpan)?.replacementSpan;
  const start = span?.start ?? at - before.length;
  const typed = text.slice(start, at).toLowerCase();
  const entries = (found?.entries ?? [])
    .filter(({ name, kind }) => name.toLowerCase().startsWith(typed) && !name.startsWith('$') && !(kind === 'warning' && typed === ''))
    .toSorted((a, b) => rank(a) - rank(b) || (a.sortText < b.sortText ? -1 : a.sortText > b.sortText ? 1 : 0))
    .slice(0, MOST_ENTRIES)
    .map(({ name, kind }) => ({ text: name, kind: String(kind) }));
  return { start, end: at, entries };
}

const rank = ({ kind }: ts.CompletionEntry): number => (LAST_KINDS.includes(kind) ? 1 : 0);

/** What is known of the name at a place, as tslab prints it, and for a frame its columns. Null where nothing stands there. */
export interface Info {
  readonly quick: ts.QuickInfo;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

export function infoAt(service: ts.LanguageService, file: string, at: number): Info | null {
  for (const position of [at, at - 1].filter((it) => it >= 0)) {
    const quick = service.getQuickInfoAtPosition(file, position);
    if (quick) return { quick, columns: columnsAt(service.getProgram() as ts.Program, file, quick.textSpan.start) };
  }
  return null;
}

/** The columns of the frame that a name stands for; none where it stands for something else. */
function columnsAt(program: ts.Program, file: string, at: number): { name: string; type: string }[] {
  const source = program.getSourceFile(file);
  const checker = program.getTypeChecker();
  const node = source && identifierAt(source, at);
  if (!node) return [];
  const type = checker.getTypeAtLocation(node);
  const row = isFrame(type) ? type.getProperty('row') : undefined;
  if (!row) return [];
  return checker
    .getTypeOfSymbolAtLocation(row, node)
    .getProperties()
    .map((column) => ({
      name: column.name,
      type: checker.typeToString(checker.getTypeOfSymbolAtLocation(column, node)),
    }));
}

function identifierAt(source: ts.SourceFile, at: number): ts.Identifier | undefined {
  const visit = (node: ts.Node): ts.Identifier | undefined => {
    if (at < node.getStart(source) || at >= node.end) return undefined;
    return ts.isIdentifier(node) ? node : ts.forEachChild(node, visit);
  };
  return ts.forEachChild(source, visit);
}
