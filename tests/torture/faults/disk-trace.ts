import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** One change of a file or folder, or the wait for it to be on the disk. Paths are from the room's root; the root itself is `.`. */
export type Step =
  | { readonly does: 'create' | 'unlink' | 'mkdir' | 'rmdir'; readonly path: string }
  | { readonly does: 'rename' | 'link'; readonly from: string; readonly path: string }
  | { readonly does: 'write'; readonly path: string; readonly at: number; readonly bytes: Buffer }
  | { readonly does: 'truncate'; readonly path: string; readonly size: number }
  /** `since`: how many steps had ended when the wait began; those alone are sure to be on the disk afterwards. */
  | { readonly does: 'sync'; readonly path: string; readonly since: number };

const CALLS =
  'openat,open,creat,write,pwrite64,writev,pwritev,lseek,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,ftruncate,truncate';

/** Why the kernel's own record of a command cannot be taken here; null where it can. */
export function tracingRefused(): string | null {
  if (process.platform !== 'linux') return 'strace is for Linux';
  try {
    execFileSync('strace', ['-f', '-o', '/dev/null', 'true'], { stdio: 'pipe' });
    return null;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no strace' : 'strace may not watch a process here (no right to ptrace)';
  }
}

/** Runs a command under strace, which writes what it sees to a file. */
export const traced = (file: string): string[] => ['strace', ...['-f', '-y', '-xx', '-s', '100000000', '-o', file, '-e', `trace=${CALLS}`]];

interface Call {
  readonly name: string;
  readonly args: string;
  readonly result: number;
  /** How many calls had ended when this one began. */
  readonly since: number;
}

/** The calls that succeeded, in the order in which they ended. */
function callsOf(text: string): Call[] {
  const begun = new Map<string, { name: string; args: string; since: number }>();
  const calls: Call[] = [];
  for (const line of text.split('\n')) {
    const [, thread = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const start = /^(\w+)\((.*)$/.exec(rest);
    if (start)
      begun.set(thread, { name: start[1] ?? '', args: (start[2] ?? '').replace(/ ?(?:<unfinished \.\.\.>|\) += .*)$/, ''), since: calls.length });
    const it = begun.get(thread);
    if (!it || rest.endsWith('<unfinished ...>')) continue;
    const end = /\) += (-?\d+)/.exec(rest);
    if (!end) continue;
    begun.delete(thread);
    if (Number(end[1]) >= 0) calls.push({ ...it, result: Number(end[1]) });
  }
  return calls;
}

const decoded = (hex: string): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex');
const quoted = (args: string): string[] => [...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map((it) => it[1] ?? '');
const named = (args: string): string => decoded(/^\d+<((?:\\x[0-9a-f]{2})*)>/.exec(args)?.[1] ?? '').toString();
const lastNumber = (args: string): number => Number(/, (\d+)$/.exec(args)?.[1] ?? 0);

/** What strace saw, as steps on the files of a room. @param before paths that were there when the command began */
export async function readTrace(file: string, root: string, before: ReadonlySet<string>): Promise<Step[]> {
  return new Reader(root, before).read(callsOf(await readFile(file, 'utf8')));
}

class Reader {
  readonly #steps: Step[] = [];
  readonly #there: Set<string>;
  /** Open files: where the next plain write goes; null: at the end. */
  readonly #places = new Map<string, number | null>();
  readonly #sizes = new Map<string, number>();

  constructor(
    private readonly root: string,
    before: ReadonlySet<string>,
  ) {
    this.#there = new Set(before);
  }

  read(calls: readonly Call[]): Step[] {
    // Steps that had ended when so many calls had.
    const ended = [0];
    for (const call of calls) {
      this.#take(call, ended[call.since] ?? 0);
      ended.push(this.#steps.length);
    }
    return this.#steps;
  }

  /** A path in the room, or null for one that lies elsewhere. */
  #inRoom(path: string): string | null {
    if (path === this.root) return '.';
    return path.startsWith(`${this.root}/`) ? path.slice(this.root.length + 1) : null;
  }

  #take({ name, args, result }: Call, since: number): void {
    const paths = quoted(args).map((hex) => decoded(hex).toString());
    if (/^(?:open|openat|creat)$/.test(name)) return this.#open(this.#inRoom(paths[0] ?? ''), args, result);
    if (/^(?:rename|link)/.test(name)) return this.#move(/^rename/.test(name) ? 'rename' : 'link', paths);
    if (/^(?:unlink|unlinkat|rmdir|mkdir|mkdirat)$/.test(name)) return this.#entry(name, args, this.#inRoom(paths[0] ?? ''));
    const path = this.#inRoom(named(args));
    if (path === null) return;
    const descriptor = args.slice(0, args.indexOf('<'));
    if (/sync$/.test(name)) this.#steps.push({ does: 'sync', path, since });
    else if (name === 'lseek') this.#places.set(descriptor, result);
    else if (name === 'ftruncate') this.#truncate(path, lastNumber(args));
    else if (/write/.test(name)) this.#write(path, { name, args, descriptor, size: result });
  }

  #open(path: string | null, args: string, descriptor: number): void {
    if (path === null) return;
    this.#places.set(String(descriptor), args.includes('O_APPEND') ? null : 0);
    if (args.includes('O_CREAT') && !this.#there.has(path)) {
      this.#there.add(path);
      this.#sizes.set(path, 0);
      this.#steps.push({ does: 'create', path });
    } else if (args.includes('O_TRUNC')) this.#truncate(path, 0);
  }

  #truncate(path: string, size: number): void {
    this.#sizes.set(path, size);
    this.#steps.push({ does: 'truncate', path, size });
  }

  #write(path: string, it: { name: string; args: string; descriptor: string; size: number }): void {
    const bytes = Buffer.concat(quoted(it.args.slice(it.args.indexOf('>'))).map(decoded)).subarray(0, it.size);
    const isPlaced = it.name.startsWith('pwrite');
    const given = isPlaced ? lastNumber(it.args) : (this.#places.get(it.descriptor) ?? null);
    const at = given ?? this.#sizes.get(path) ?? 0;
    if (!isPlaced && given !== null) this.#places.set(it.descriptor, given + it.size);
    this.#sizes.set(path, Math.max(this.#sizes.get(path) ?? 0, at + it.size));
    this.#steps.push({ does: 'write', path, at, bytes });
  }

  #move(does: 'rename' | 'link', paths: readonly string[]): void {
    const [from, path] = paths.map((it) => this.#inRoom(it));
    if (from == null || path == null) return;
    if (does === 'rename') this.#there.delete(from);
    this.#there.add(path);
    this.#sizes.set(path, this.#sizes.get(from) ?? 0);
    this.#steps.push({ does, from, path });
  }

  #entry(name: string, args: string, path: string | null): void {
    if (path === null) return;
    const does = name.startsWith('mkdir') ? 'mkdir' : name === 'rmdir' || args.includes('AT_REMOVEDIR') ? 'rmdir' : 'unlink';
    if (does === 'mkdir') this.#there.add(path);
    else this.#there.delete(path);
    this.#steps.push({ does, path });
  }
}
