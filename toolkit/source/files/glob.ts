import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';

const MAGIC = /(?<!\\)[*?[{]/;
const unescaped = (text: string): string => text.replace(/\\(.)/g, '$1');
const escapedForRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** Whether a path holds anything that a pattern would. */
export const isPattern = (path: string): boolean => MAGIC.test(path);

/** The alternatives of the first brace that has a comma, as whole patterns; the pattern itself where there is none. */
export function expandBraces(pattern: string): string[] {
  for (let open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', open + 1)) {
    if (pattern[open - 1] === '\\') continue;
    const parts: string[] = [];
    let depth = 0;
    let from = open + 1;
    for (let at = open; at < pattern.length; at++) {
      const character = pattern[at];
      if (character === '\\') at++;
      else if (character === '{') depth++;
      else if (character === ',' && depth === 1) from = parts.push(pattern.slice(from, at)) && at + 1;
      else if (character === '}' && --depth === 0) {
        if (parts.length === 0) break;
        parts.push(pattern.slice(from, at));
        return parts.flatMap((part) => expandBraces(pattern.slice(0, open) + part + pattern.slice(at + 1)));
      }
    }
  }
  return [pattern];
}

/** One segment of a pattern as a regular expression: `*`, `?`, `[a-z]`, `[!a-z]`; a leading dot only where the pattern has it. */
export function segmentForm(segment: string): RegExp {
  let form = segment.startsWith('.') ? '' : '(?!\\.)';
  for (let at = 0; at < segment.length; at++) {
    const character = segment[at] as string;
    const close = character === '[' ? segment.indexOf(']', at + (/^\[[!^]?\]/.test(segment.slice(at)) ? 3 : 1)) : -1;
    if (character === '*') form += '[^]*';
    else if (character === '?') form += '[^]';
    else if (character === '\\' && at + 1 < segment.length) form += escapedForRegExp(segment[++at] as string);
    else if (close > 0) {
      const inside = segment.slice(at + 1, close);
      const isNot = /^[!^]/.test(inside);
      form += `[${isNot ? '^' : ''}${(isNot ? inside.slice(1) : inside).replace(/[\\^[\]]/g, '\\$&')}]`;
      at = close;
    } else form += escapedForRegExp(character);
  }
  return new RegExp(`^${form}$`, 'u');
}

const isFile = (path: string): Promise<boolean> => stat(path).then((info) => info.isFile(), () => false);
const isFolder = (path: string): Promise<boolean> => stat(path).then((info) => info.isDirectory(), () => false);

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder === '' ? '.' : folder, { withFileTypes: true });
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw fault;
  }
}

async function walk(folder: string, segments: readonly string[], found: Set<string>): Promise<void> {
  const [segment, ...rest] = segments;
  if (segment === undefined) return;
  if (segment === '**') return walkDown(folder, rest, found);
  const isLast = rest.length === 0;
  if (!isPattern(segment)) {
    const path = folder + unescaped(segment);
    if (!isLast) await walk(`${path}/`, rest, found);
    else if (await isFile(path)) found.add(path);
    return;
  }
  const form = segmentForm(segment);
  for (const { name } of await entriesOf(folder)) {
    if (!form.test(name)) continue;
    const path = folder + name;
    if (isLast && (await isFile(path))) found.add(path);
    if (!isLast && (await isFolder(path))) await walk(`${path}/`, rest, found);
  }
}

/** This folder and all below; links to folders and hidden folders are not followed. */
async function walkDown(folder: string, rest: readonly string[], found: Set<string>): Promise<void> {
  await walk(folder, rest.length === 0 ? ['*'] : rest, found);
  for (const entry of await entriesOf(folder)) {
    if (entry.isDirectory() && !entry.name.startsWith('.')) await walkDown(`${folder}${entry.name}/`, rest, found);
  }
}

/** The files that a pattern of `*`, `?`, `[…]`, `{a,b}` and `**` matches, in byte order. Folders are not files. */
export async function filesMatching(pattern: string): Promise<string[]> {
  const found = new Set<string>();
  for (const one of expandBraces(pattern)) {
    const root = /^\/*/.exec(one)?.[0] ? '/' : '';
    await walk(root, one.split('/').filter((segment) => segment !== ''), found);
  }
  return [...found].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
