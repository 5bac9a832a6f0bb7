import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { constants, Script } from 'node:vm';
import type { WorkerPlace } from '../session/messages.ts';

type Module = Readonly<Record<string, unknown>>;

/** Loads modules for cells as a file in the notebook's folder would, and what that folder does not know from Daybook's own package. */
export class Modules {
  readonly #place: WorkerPlace;
  readonly #fromNotebook: (name: string) => Promise<Module>;
  readonly #fromPackage: (name: string) => Promise<Module>;
  readonly #onTslab: (require: NodeJS.Require) => void;
  readonly require: NodeJS.Require;
  #readsTypeScript: Promise<void> | null = null;
  /** Of modules of one's own, by their files: when they were written as they were loaded. */
  readonly #written = new Map<string, number | undefined>();

  constructor(place: WorkerPlace, onTslab: (require: NodeJS.Require) => void) {
    this.#place = place;
    this.#onTslab = onTslab;
    this.#fromNotebook = importerIn(place.folder);
    this.#fromPackage = importerIn(place.packageRoot);
    this.require = createRequire(join(place.folder, 'cell.js'));
  }

  /** @throws what Node's own import throws; Error where a module of one's own is another by now */
  async load(name: string): Promise<Module> {
    if (/^[./]/.test(name)) this.#requireUnchanged(name);
    // a table shows itself as one even where nothing else of the toolkit is used
    if (name === 'arquero') await import('../../display/show.ts');
    if (name === 'tslab') this.#onTslab(createRequire(join(this.#place.packageRoot, 'cell.js')));
    if (name.endsWith('.json')) return withNames({ default: this.require(name) as unknown });
    if (/^[./].*\.[cm]?tsx?$/.test(name)) {
      await this.#readTypeScript();
      return asWritten(await this.#fromNotebook(name));
    }
    try {
      return await this.#fromNotebook(name);
    } catch (fault) {
      if (!isMissing(fault, name)) throw fault;
      return this.#fromPackage(name);
    }
  }

  /** The compiler sees the module as it is now, a process keeps it as it was loaded: values would not be of their types. */
  #requireUnchanged(name: string): void {
    const file = resolve(this.#place.folder, name);
    const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (!this.#written.has(file)) this.#written.set(file, written);
    else if (this.#written.get(file) !== written)
      throw new Error(`"${name}" has changed since it was loaded. Restart the kernel to use it as it is now.`);
  }

  /** `import.meta` of a cell. */
  get meta(): Readonly<Record<string, unknown>> {
    const filename = join(this.#place.folder, 'cell.ts');
    return {
      url: pathToFileURL(filename).href,
      dirname: this.#place.folder,
      filename,
      resolve: (name: string) => pathToFileURL(this.require.resolve(name)).href,
    };
  }

  /** Modules of one's own are loaded as the TypeScript that was written, as pipelines are. */
  async #readTypeScript(): Promise<void> {
    if (import.meta.url.endsWith('.ts')) return;
    // in a folder that does not say `"type": "module"` a file is CommonJS to Node, whatever stands in it
    this.#readsTypeScript ??= Promise.all([import('tsx/esm/api'), import('tsx/cjs/api')]).then((both) => {
      for (const { register } of both) register();
    });
    await this.#readsTypeScript;
  }
}

/** A module as it was written, where it came by way of CommonJS. */
const asWritten = (module: Module): Module => {
  const whole = module['default'];
  return typeof whole === 'object' && whole !== null && '__esModule' in whole ? (whole as Module) : module;
};

/** A module with the members of its default beside it: JSON, and CommonJS whose exports Node could not read from its text. */
export function withNames(module: Module): Module {
  const whole = module['default'];
  return typeof whole === 'object' && whole !== null ? { ...whole, ...module } : module;
}

/** An `import()` that looks from a folder. */
const importerIn = (folder: string): ((name: string) => Promise<Module>) =>
  new Script('(name) => import(name)', {
    filename: join(folder, 'cell.mjs'),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }).runInThisContext();

const isMissing = (fault: unknown, name: string): boolean =>
  !/^[./]/.test(name) &&
  (fault as NodeJS.ErrnoException)?.code === 'ERR_MODULE_NOT_FOUND' &&
  String((fault as Error).message).includes(`'${name.split('/')[0] ?? ''}`);
