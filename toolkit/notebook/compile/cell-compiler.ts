import ts from 'typescript';
import { type DeclaredName, declaredNames, usedNames } from './declared-names.ts';
import { type Completion, completionsAt, type Info, infoAt } from './explore.ts';
import { usesOf } from './identifiers.ts';
import { importCalls } from './imports.ts';
import { earlierTypes, isStored, type KnownName, prelude, variableSource } from './known-names.ts';
import { LanguageHost, type NotebookPlace } from './language-host.ts';
import { openFrames } from './open-frames.ts';
import { type ParameterType, parameterType } from './parameter-type.ts';
import { parseCell } from './parse-cell.ts';
import { isOwnType, placesOf } from './places.ts';
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
  /** Places of frames whose columns only the run will tell: `learn` takes them. */
  readonly open: readonly string[];
  /** Makes the cell's names known to later ones: called when it begins to run. */
  keep(): void;
}

/** A cell that does not compile. */
export interface RefusedCell {
  readonly ok: false;
  readonly problems: readonly Problem[];
}

/** What compilers of this process have read from disk. */
const READ = ts.createDocumentRegistry();

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
    this.#service = ts.createLanguageService(this.#host, READ);
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
    const bare = parseCell(code);
    const syntax = (bare as unknown as { readonly parseDiagnostics: readonly ts.Diagnostic[] }).parseDiagnostics;
    if (syntax.length > 0) return { ok: false, problems: problemsOf(syntax, code) };
    this.#number += 1;
    const file = this.#host.current;
    const own = declaredNames(bare);
    const text = `${code}\n;${this.#addition(bare, own)}`;
    this.#host.show(text);
    const problems = problemsOf([...this.#service.getSyntacticDiagnostics(file), ...this.#service.getSemanticDiagnostics(file)], code);
    return problems.length > 0 ? { ok: false, problems } : this.#emit({ text, code, cell, number: this.#number });
  }

  /** Takes the columns of frames that have been read, by their places: from here on their types have them. */
  learn(columns: Readonly<Record<string, readonly string[]>>): void {
    for (const known of this.#known.values()) {
      const found = isStored(known) ? columns[known.slot] : undefined;
      if (found && found.length > 0) this.#known.set(known.name, { ...known, columns: found });
    }
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
    const bare = parseCell(code);
    const hidden = new Set([...declaredNames(bare).map(({ name }) => name), ...usedNames(bare)]);
    this.#host.show(`${code}\n;\n${prelude([...this.#known.values()].filter(({ name }) => !hidden.has(name)))}`);
    return look(this.#host.current, code);
  }

  /** What the compiler is told beside the cell: earlier names that it uses, earlier types of what it redeclares, its own exports. */
  #addition(bare: ts.SourceFile, own: readonly DeclaredName[]): string {
    const declared = new Set(own.map(({ name }) => name));
    const variables = new Set(own.filter((it) => !isOwnType(it)).map(({ name }) => name));
    const hidden = new Set([...declared, ...usedNames(bare)]);
    const used = usesOf(bare);
    const earlier = [...this.#known.values()];
    const again = earlier.filter((it) => declared.has(it.name) && isStored(it));
    const parts = [
      prelude(earlier.filter(({ name }) => used.has(name) && !hidden.has(name))),
      earlierTypes(again.filter(({ name }) => variables.has(name))),
      ...again.filter(({ name }) => !variables.has(name)).map(variableSource),
      declared.size > 0 ? `export { ${[...declared].join(', ')} };` : '',
    ];
    return `\n${parts.join('\n')}`;
  }

  #emit({
    text,
    code,
    cell,
    number,
  }: {
    readonly text: string;
    readonly code: string;
    readonly cell: number;
    readonly number: number;
  }): CompiledCell {
    const program = this.#service.getProgram() as ts.Program;
    const checker = program.getTypeChecker();
    const source = program.getSourceFile(this.#host.current) as ts.SourceFile;
    const declared = declaredNames(source).filter(({ node }) => node.getStart(source) < code.length);
    const facts = {
      source,
      checker,
      known: this.#known,
      cell,
      module: this.#host.moduleOf(number),
      freshSlot: (name: string) => `${name}$${(this.#slots += 1)}`,
    };
    const { own, beside, retired } = placesOf(declared, facts);
    const stored = own.filter(isStored);
    const slots = new Map([...[...this.#known.values()].filter(isStored), ...stored].map(({ name, slot }) => [name, slot]));
    const rewrite = { file: source, checker, slots, codeEnd: code.length + 1 };
    let js = '';
    let sourceMap = '';
    const write = (path: string, out: string) => void (path.endsWith('.map') ? (sourceMap = out) : (js = out));
    program.emit(source, write, undefined, false, { before: [rewriteCell(rewrite)], after: [withoutExports] });
    const functions = stored.filter(({ as }) => as === 'function').map(({ name, slot }) => `$cells.${slot} = ${name};`);
    return {
      ok: true,
      js: js.replace(/\/\/# sourceMappingURL=.*\s*$/, ''),
      opening: [...functions, importCalls(source, rewrite)].join(' '),
      sourceMap,
      unset: stored.filter(({ as }) => as !== 'var' && as !== 'function').map(({ slot }) => slot),
      vars: stored.filter(({ as }) => as === 'var').map(({ slot }) => slot),
      open: openFrames(declared, checker).flatMap((name) => slots.get(name) ?? []),
      retired,
      keep: () => {
        this.#host.keep(number, text);
        for (const name of [...own, ...beside]) this.#known.set(name.name, name);
      },
    };
  }
}

/** TypeScript marks a module by `export {}`, which no function may hold. */
const withoutExports: ts.TransformerFactory<ts.SourceFile> = (context) => (file) =>
  context.factory.updateSourceFile(
    file,
    file.statements.filter((it) => !ts.isExportDeclaration(it)),
  );
