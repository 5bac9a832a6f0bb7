import ts from 'typescript';
import { type DeclaredName, declaredNames } from './declared-names.ts';
import { type Completion, completionsAt, type Info, infoAt } from './explore.ts';
import { importCalls } from './imports.ts';
import { BEFORE, earlierTypes, isStored, type KnownName, prelude } from './known-names.ts';
import { LanguageHost, type NotebookPlace } from './language-host.ts';
import { type ParameterType, parameterType } from './parameter-type.ts';
import { plainSource } from './plain-source.ts';
import { type Problem, problemsOf } from './problems.ts';
import { rewriteCell } from './rewrite-cell.ts';

export type { ParameterType } from './parameter-type.ts';

/** A cell that may run. */
export interface CompiledCell {
  readonly ok: true;
  /** The body of an async function that knows `$cells` and `$cell`. */
  readonly js: string;
  /** What goes before the body: imports, and functions that are there from the start. On one line. */
  readonly opening: string;
  readonly sourceMap: string;
  /** Places of the store that are not set until their declaration has run. */
  readonly unset: readonly string[];
  /** Places of variables declared by `var`, which are undefined until then. */
  readonly vars: readonly string[];
  /** Places that earlier code may not use any more, with what it is told. */
  readonly retired: readonly { readonly slot: string; readonly message: string }[];
  /** Makes the cell's names known to later ones: called when it begins to run. */
  keep(): void;
}

/** A cell that does not compile. */
export interface RefusedCell {
  readonly ok: false;
  readonly problems: readonly Problem[];
}

/**
 * Compiles the cells of one notebook, each with the names and types of those before it.
 * It runs nothing and remembers what was kept.
 */
export class CellCompiler {
  readonly #host: LanguageHost;
  readonly #service: ts.LanguageService;
  #known = new Map<string, KnownName>();
  #number = 0;
  #slots = 0;

  constructor(place: NotebookPlace) {
    this.#host = new LanguageHost(place);
    this.#service = ts.createLanguageService(this.#host, ts.createDocumentRegistry());
  }

  /** Names that cells have declared so far. */
  get names(): readonly string[] {
    return [...this.#known.values()].filter(isStored).map(({ name }) => name);
  }

  /** Forgets all cells, as a new process does. */
  reset(): void {
    this.#known = new Map();
  }

  /** Reads what nearly every notebook needs, before a cell asks for it. */
  warm(): void {
    this.#look(`import { frameOf } from 'daybook'; frameOf([{ a: 1 }]).derive((c) => ({ b: c.a }));`, (file) =>
      this.#service.getSemanticDiagnostics(file),
    );
  }

  /** @param cell the execution count, for messages to later cells */
  compile(source: string, cell: number): CompiledCell | RefusedCell {
    const code = plainSource(source);
    const bare = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
    const syntax = (bare as unknown as { readonly parseDiagnostics: readonly ts.Diagnostic[] }).parseDiagnostics;
    if (syntax.length > 0) return { ok: false, problems: problemsOf(syntax, code) };
    this.#number += 1;
    const file = this.#host.cellFile(this.#number);
    const own = declaredNames(bare);
    this.#host.show(file, `${code}\n;${this.#addition(bare, own)}`);
    const problems = problemsOf([...this.#service.getSyntacticDiagnostics(file), ...this.#service.getSemanticDiagnostics(file)], code);
    if (problems.length > 0) {
      this.#host.drop(file);
      return { ok: false, problems };
    }
    return this.#emit({ file, code, cell, own });
  }

  /** What could be written at a place. Positions in UTF-16 units. */
  complete(source: string, at: number): Completion {
    return this.#look(source, (file, code) => completionsAt(this.#service, file, code, at));
  }

  /** What is known of the name at a place; null where there is none. */
  inspect(source: string, at: number): Info | null {
    return this.#look(source, (file) => infoAt(this.#service, file, at));
  }

  /** The types of the variables that a cell declares, by their names. */
  variableTypes(source: string): ReadonlyMap<string, ParameterType> {
    return this.#look(source, (file) => {
      const program = this.#service.getProgram() as ts.Program;
      const found = program.getSourceFile(file) as ts.SourceFile;
      const variables = declaredNames(found).flatMap(({ node }) => (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) ? [node.name] : []));
      return new Map(variables.map((name) => [name.text, parameterType(name, program.getTypeChecker())]));
    });
  }

  /** Looks at a text that is still being written, with all earlier names in sight, and forgets it. */
  #look<T>(source: string, look: (file: string, code: string) => T): T {
    const code = plainSource(source);
    const declared = new Set(declaredNames(ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true)).map(({ name }) => name));
    const file = this.#host.cellFile(0);
    this.#host.show(file, `${code}\n;\n${prelude([...this.#known.values()].filter(({ name }) => !declared.has(name)))}`);
    try {
      return look(file, code);
    } finally {
      this.#host.drop(file);
    }
  }

  /** What the compiler is told beside the cell: earlier names that it uses, earlier types of what it redeclares, its own exports. */
  #addition(bare: ts.SourceFile, own: readonly DeclaredName[]): string {
    const declared = new Set(own.map(({ name }) => name));
    const used = identifiersOf(bare);
    const earlier = [...this.#known.values()];
    const parts = [
      prelude(earlier.filter(({ name }) => used.has(name) && !declared.has(name))),
      earlierTypes(earlier.filter((it) => declared.has(it.name) && isStored(it))),
      declared.size > 0 ? `export { ${[...declared].join(', ')} };` : '',
    ];
    return `\n${parts.join('\n')}`;
  }

  #emit({
    file,
    code,
    cell,
    own,
  }: {
    readonly file: string;
    readonly code: string;
    readonly cell: number;
    readonly own: readonly DeclaredName[];
  }): CompiledCell {
    const program = this.#service.getProgram() as ts.Program;
    const checker = program.getTypeChecker();
    const source = program.getSourceFile(file) as ts.SourceFile;
    const declared = declaredNames(source).filter(({ node }) => node.getStart(source) <= code.length && own.length > 0);
    const places = this.#places(declared, source, checker, cell);
    const slots = new Map([
      ...[...this.#known.values()].filter(isStored).map(({ name, slot }) => [name, slot] as const),
      ...places.own.filter(isStored).map(({ name, slot }) => [name, slot] as const),
    ]);
    const facts = { file: source, checker, slots, codeEnd: code.length + 1 };
    let js = '';
    let sourceMap = '';
    const write = (path: string, text: string) => void (path.endsWith('.map') ? (sourceMap = text) : (js = text));
    program.emit(source, write, undefined, false, { before: [rewriteCell(facts)], after: [withoutExports] });
    const functions = places.own.filter(({ as }) => as === 'function').map(({ name, slot }) => `$cells.${slot} = ${name};`);
    return {
      ok: true,
      js: js.replace(/\/\/# sourceMappingURL=.*\s*$/, ''),
      opening: [...functions, importCalls(source, facts)].join(' '),
      sourceMap,
      unset: places.own.filter((it) => isStored(it) && it.as !== 'var' && it.as !== 'function').map(({ slot }) => slot),
      vars: places.own.filter(({ as }) => as === 'var').map(({ slot }) => slot),
      retired: places.retired,
      keep: () => {
        for (const name of places.own) this.#known.set(name.name, name);
      },
    };
  }

  /** Where each declared name lives: in its old place if code that knows the old type may go on with the new one, else in a new one. */
  #places(declared: readonly DeclaredName[], source: ts.SourceFile, checker: ts.TypeChecker, cell: number) {
    const module = `./${(source.fileName.split('/').at(-1) ?? '').replace(/\.ts$/, '')}`;
    const own: KnownName[] = [];
    const retired: { slot: string; message: string }[] = [];
    for (const { name, as, node } of declared) {
      const before = this.#known.get(name);
      const text = as === 'class' ? node.getText(source) : null;
      let slot = before?.slot ?? name;
      if (before && isStored(before) && !this.#fits({ before, as, node, text }, source, checker)) {
        retired.push({
          slot,
          message: `"${name}" is of another type since cell [${cell}] declared it anew. Run the cell again that uses it here: it was written for the "${name}" of cell [${before.cell}].`,
        });
        slot = `${name}$${(this.#slots += 1)}`;
      }
      own.push({ name, as, module, slot, cell, text });
    }
    return { own, retired };
  }

  #fits(
    { before, as, node, text }: { readonly before: KnownName; readonly as: DeclaredName['as']; readonly node: ts.Node; readonly text: string | null },
    source: ts.SourceFile,
    checker: ts.TypeChecker,
  ): boolean {
    if (as === 'type' || as === 'ambient') return false;
    if (text !== null && text === before.text) return true;
    const isAssignable = (kind: DeclaredName['as']) => kind === 'let' || kind === 'var';
    if (isAssignable(before.as) && !isAssignable(as)) return false;
    const earlier = source.statements.find(
      (it) => ts.isVariableStatement(it) && it.declarationList.declarations[0]?.name.getText(source) === `${BEFORE}${before.name}`,
    );
    const earlierName = earlier && ts.isVariableStatement(earlier) ? earlier.declarationList.declarations[0]?.name : undefined;
    const newName = (node as ts.NamedDeclaration).name;
    if (!earlierName || !newName) return false;
    const [was, is] = [earlierName, newName].map((it) => widened(checker.getTypeOfSymbolAtLocation(symbolOf(it, checker), it), checker)) as [
      ts.Type,
      ts.Type,
    ];
    return checker.isTypeAssignableTo(is, was) && (!isAssignable(before.as) || checker.isTypeAssignableTo(was, is));
  }
}

function symbolOf(name: ts.Node, checker: ts.TypeChecker): ts.Symbol {
  const symbol = checker.getSymbolAtLocation(name) as ts.Symbol;
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

const widened = (type: ts.Type, checker: ts.TypeChecker): ts.Type => checker.getWidenedType(checker.getBaseTypeOfLiteralType(type));

function identifiersOf(file: ts.SourceFile): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) found.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** TypeScript marks a module by `export {}`, which no function may hold. */
const withoutExports: ts.TransformerFactory<ts.SourceFile> = (context) => (file) =>
  context.factory.updateSourceFile(
    file,
    file.statements.filter((it) => !ts.isExportDeclaration(it)),
  );
