import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DaybookError } from '../errors/index.ts';
import { type Assignment, placeOf } from './assignment.ts';
import { keyText } from './key-tree.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const REFERENCE = /\$\{([a-z]+):([^}]*)\}/g;

/** A value with its references put in; `secret` names where from, null where it held none. */
export interface Resolved {
  readonly value: unknown;
  readonly secret: string | null;
}

/**
 * Puts in what `${env:NAME}` and `${file:/path}` refer to, anywhere in a text, a list or a map.
 * A file's last line end is dropped; a relative file is from where the value's own relative paths are from.
 *
 * @throws DaybookError `config.secret-missing`, `config.bad-reference`
 */
export function resolveReferences(assignment: Assignment, env: Variables): Resolved {
  const put = (text: string) => text.replace(REFERENCE, (_, kind: string, name: string) => lookUp(kind, name, assignment, env));
  return { value: mapTexts(assignment.value, put), secret: referencesIn(assignment.value) };
}

/** The references in a value, without looking them up: as `Resolved.secret`. */
export function referencesIn(value: unknown): string | null {
  const found = new Set<string>();
  mapTexts(value, (text) => {
    for (const [, kind, name] of text.matchAll(REFERENCE)) found.add(`${kind ?? ''} ${name ?? ''}`);
    return text;
  });
  return found.size === 0 ? null : [...found].join(' and ');
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
}

function lookUp(kind: string, name: string, { path, given, base }: Assignment, env: Variables): string {
  const key = keyText(path);
  if (kind === 'env') {
    const found = env[name];
    if (found !== undefined && found !== '') return found;
    throw new DaybookError('config.secret-missing', { ...placeOf(given), name: key, from: `environment variable "${name}"` });
  }
  if (kind !== 'file') throw new DaybookError('config.bad-reference', { ...placeOf(given), name: key });
  try {
    return readFileSync(resolve(base, name), 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new DaybookError('config.secret-missing', { ...placeOf(given), name: key, from: `readable file "${name}"` });
  }
}
