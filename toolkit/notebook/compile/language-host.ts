import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** Where a notebook stands, for the compiler and for the imports of its cells. */
export interface NotebookPlace {
  /** The folder of the notebook: imports begin there. */
  readonly folder: string;
  /** The package that serves names which the notebook's own folder does not know: `daybook` and what comes with it. */
  readonly packageRoot: string;
  /** Conditions of package exports beside the usual ones. */
  readonly conditions: readonly string[];
}

const CELL_FILE = /__cell_\d+_\d+\.ts$/;

/** Notebooks of one process share what the compiler has read: their cells must not be taken for one another. */
let hosts = 0;
let versions = 0;

/** The files of a notebook as the language service sees them: cells from memory, all else from disk. */
export class LanguageHost implements ts.LanguageServiceHost {
  readonly #place: NotebookPlace;
  readonly #cells = new Map<string, { readonly text: string; version: number }>();
  readonly #options: ts.CompilerOptions;
  readonly #resolved: ts.ModuleResolutionCache;
  readonly #snapshots = new Map<string, { readonly version: string; readonly snapshot: ts.IScriptSnapshot }>();
  readonly #host = (hosts += 1);

  constructor(place: NotebookPlace) {
    this.#place = place;
    this.#options = optionsFor(place);
    this.#resolved = ts.createModuleResolutionCache(place.folder, (name) => name, this.#options);
  }

  /** The file of the cell that is looked at. It is always the same, so that the compiler keeps what it knows of all others. */
  get current(): string {
    return this.#fileOf(0);
  }

  /** Puts a text in the place of the cell that is looked at. */
  show(text: string): void {
    this.#put(this.current, text);
  }

  /** Keeps the text of a cell under its number, for later cells to import from. */
  keep(number: number, text: string): void {
    this.#put(this.#fileOf(number), text);
  }

  /** As other cells import it. */
  moduleOf(number: number): string {
    return `./__cell_${this.#host}_${number}`;
  }

  #fileOf(number: number): string {
    return join(this.#place.folder, `${this.moduleOf(number)}.ts`);
  }

  #put(file: string, text: string): void {
    if (this.#cells.get(file)?.text !== text) this.#cells.set(file, { text, version: (versions += 1) });
  }

  getCompilationSettings = (): ts.CompilerOptions => this.#options;
  getScriptFileNames = (): string[] => [this.current];
  /** Not in the public interface, and asked for: without it every package.json is read again for every cell. */
  getModuleResolutionCache = (): ts.ModuleResolutionCache => this.#resolved;
  getCurrentDirectory = (): string => this.#place.folder;
  getDefaultLibFileName = (options: ts.CompilerOptions): string => ts.getDefaultLibFilePath(options);
  fileExists = (path: string): boolean => this.#cells.has(path) || ts.sys.fileExists(path);
  readFile = (path: string, encoding?: string): string | undefined => this.#cells.get(path)?.text ?? ts.sys.readFile(path, encoding);
  directoryExists = (path: string): boolean => ts.sys.directoryExists(path);
  getDirectories = (path: string): string[] => ts.sys.getDirectories(path);
  readDirectory = ts.sys.readDirectory;
  realpath = (path: string): string => (this.#cells.has(path) ? path : (ts.sys.realpath?.(path) ?? path));
  useCaseSensitiveFileNames = (): boolean => ts.sys.useCaseSensitiveFileNames;

  getScriptVersion = (path: string): string => {
    const cell = this.#cells.get(path);
    if (cell) return String(cell.version);
    // What is installed does not change under a running kernel; a module of one's own does.
    return path.includes('node_modules') || path.includes('/dist/') ? '0' : mtimeOf(path);
  };

  getScriptSnapshot = (path: string): ts.IScriptSnapshot | undefined => {
    const version = this.getScriptVersion(path);
    const known = this.#snapshots.get(path);
    if (known?.version === version) return known.snapshot;
    const text = this.readFile(path);
    if (text === undefined) return undefined;
    const snapshot = ts.ScriptSnapshot.fromString(text);
    this.#snapshots.set(path, { version, snapshot });
    return snapshot;
  };

  resolveModuleNameLiterals = (literals: readonly ts.StringLiteralLike[], from: string): readonly ts.ResolvedModuleWithFailedLookupLocations[] =>
    literals.map(({ text }) => {
      const found = ts.resolveModuleName(text, from, this.#options, this, this.#resolved);
      if (found.resolvedModule || text.startsWith('.') || !CELL_FILE.test(from)) return found;
      return ts.resolveModuleName(text, join(this.#place.packageRoot, '__cell_0_0.ts'), this.#options, this);
    });
}

function optionsFor({ folder, packageRoot, conditions }: NotebookPlace): ts.CompilerOptions {
  return {
    strict: true,
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    customConditions: [...conditions],
    esModuleInterop: true,
    resolveJsonModule: true,
    allowImportingTsExtensions: true,
    noEmitOnError: false,
    preserveConstEnums: true,
    experimentalDecorators: false,
    skipLibCheck: true,
    noErrorTruncation: true,
    sourceMap: true,
    newLine: ts.NewLineKind.LineFeed,
    ...nodeTypes([folder, packageRoot]),
  };
}

/** The types of Node: the notebook's own, else those that came with Daybook or its kernel. */
function nodeTypes(folders: readonly string[]): ts.CompilerOptions {
  for (const folder of folders) {
    const require = createRequire(join(folder, 'x.js'));
    for (const resolve of [
      () => require.resolve('@types/node/package.json'),
      () => createRequire(require.resolve('tslab/package.json')).resolve('@types/node/package.json'),
    ]) {
      try {
        return { types: ['node'], typeRoots: [dirname(dirname(resolve()))] };
      } catch {
        // the next place may have them
      }
    }
  }
  // Without them the browser's types know console, fetch and URL.
  return { types: [], lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'] };
}

function mtimeOf(path: string): string {
  try {
    return String(statSync(path).mtimeMs);
  } catch {
    return 'none';
  }
}
