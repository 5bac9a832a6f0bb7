import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Step } from './disk-trace.ts';

/** SQLite's page and the least that a disk is taken to write at once. */
const BLOCK_BYTES = 4096;

/** Files and folders by their paths in a room. */
export interface Tree {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly folders: ReadonlySet<string>;
}

/** Whether something that nobody waited for is on the disk all the same: a name, or one block of a write. */
export type Luck = (what: 'name' | 'bytes', step: number, block: number) => boolean;

/** What was written to and what was waited for: a file by a number of its own, names by the folder they stand in. */
type Thing = number | string;

/** All there is in a room. */
export async function treeOf(root: string): Promise<Tree> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = new Map<string, Buffer>();
  const folders = new Set(['.']);
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) folders.add(relative(root, path));
    else files.set(relative(root, path), await readFile(path));
  }
  return { files, folders };
}

/** Writes a tree into an empty folder. */
export async function plant(root: string, { files, folders }: Tree): Promise<void> {
  for (const folder of folders) await mkdir(join(root, folder), { recursive: true });
  for (const [path, bytes] of files) await writeFile(join(root, path), bytes);
}

/**
 * A disk on which steps were taken. After a power cut it holds for sure what was waited for: the bytes of a file once the file was
 * synced, a name once its folder was. Of all else it may hold anything, in any order.
 */
export class Disk {
  readonly #things: readonly Thing[];
  readonly #first: ReadonlyMap<string, number>;

  constructor(
    private readonly before: Tree,
    private readonly steps: readonly Step[],
  ) {
    let next = 0;
    const numbers = new Map([...before.files.keys()].map((path) => [path, next++] as const));
    this.#first = new Map(numbers);
    this.#things = steps.map((step) => {
      if (step.does === 'create') numbers.set(step.path, next++);
      if (step.does === 'rename' || step.does === 'link') numbers.set(step.path, numbers.get(step.from) ?? next++);
      if (step.does === 'rename') numbers.delete(step.from);
      const thing = numbers.get(step.path) ?? step.path;
      if (step.does === 'unlink') numbers.delete(step.path);
      return thing;
    });
  }

  /** What is on the disk where the power goes after so many steps. Shared memory files are never: they are memory. */
  after(count: number, luck: Luck): Tree {
    const names = new Map(this.#first);
    const bytes = new Map([...this.#first].map(([path, number]) => [number, this.before.files.get(path) ?? Buffer.alloc(0)] as const));
    const folders = new Set(this.before.folders);
    for (const [index, step] of this.steps.slice(0, count).entries()) {
      const thing = this.#things[index] as Thing;
      if (step.does === 'write' || step.does === 'truncate') {
        if (typeof thing === 'number')
          bytes.set(thing, this.#written(bytes.get(thing) ?? Buffer.alloc(0), step, index, this.#isSure(index, thing, count), luck));
      } else if (step.does !== 'sync') {
        if (!this.#isSure(index, dirname(step.path), count) && !luck('name', index, 0)) continue;
        if (step.does === 'mkdir') folders.add(step.path);
        else if (step.does === 'rmdir') folders.delete(step.path);
        else if (step.does === 'unlink') names.delete(step.path);
        else if (typeof thing === 'number') names.set(step.path, thing);
        if (step.does === 'rename') names.delete(step.from);
      }
    }
    const isThere = (folder: string): boolean => folder === '.' || (folders.has(folder) && isThere(dirname(folder)));
    const found = [...names].filter(([path]) => isThere(dirname(path)) && !path.endsWith('-shm'));
    return {
      files: new Map(found.map(([path, number]) => [path, bytes.get(number) ?? Buffer.alloc(0)])),
      folders: new Set([...folders].filter(isThere)),
    };
  }

  /** Whether somebody waited, before the power went, until a step on a thing was on the disk. */
  #isSure(index: number, thing: Thing, count: number): boolean {
    return this.steps.slice(index + 1, count).some((step, ahead) => {
      if (step.does !== 'sync' || step.since <= index) return false;
      return typeof thing === 'string' ? step.path === thing : this.#things[index + 1 + ahead] === thing;
    });
  }

  #written(old: Buffer, step: Extract<Step, { does: 'write' | 'truncate' }>, index: number, isSure: boolean, luck: Luck): Buffer {
    if (step.does === 'truncate') {
      if (!isSure && !luck('bytes', index, 0)) return old;
      return Buffer.concat([old.subarray(0, step.size), Buffer.alloc(Math.max(0, step.size - old.length))]);
    }
    let whole = old;
    for (let from = 0; from < step.bytes.length; from += BLOCK_BYTES) {
      if (!isSure && !luck('bytes', index, from / BLOCK_BYTES)) continue;
      const part = step.bytes.subarray(from, from + BLOCK_BYTES);
      const at = step.at + from;
      whole = Buffer.concat([whole, Buffer.alloc(Math.max(0, at + part.length - whole.length))]);
      part.copy(whole, at);
    }
    return whole;
  }
}
