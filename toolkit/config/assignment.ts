import { DaybookError } from '../errors/index.ts';
import { type Key, type KeyNode, keyText, resolveKey, type Spelling, suggestKey } from './key-tree.ts';

/** Where a value came from, the weakest first. */
export type Layer = 'default' | 'pipeline' | 'environment' | 'variable' | 'set';

/** The place of a value, as the person wrote it. */
export interface Given {
  readonly layer: Layer;
  /** The key in a file, the name of the variable, or `--set key`. */
  readonly key: string;
  readonly file?: string;
  readonly line?: number;
}

/** One value that a layer gives to one key, before it is checked. */
export interface Assignment {
  readonly path: readonly string[];
  readonly node: KeyNode;
  readonly value: unknown;
  readonly given: Given;
  /** Whether the value arrived as text and has to be read as the key's type. */
  readonly isText: boolean;
  /** The folder that a relative path in it is from. */
  readonly base: string;
}

/** The key that was meant. @throws DaybookError `config.unknown-key` with a suggestion and the place */
export function knownKey(tree: KeyNode, parts: readonly string[], given: Given, spelling: Spelling = 'exact'): Key {
  const found = resolveKey(tree, parts, spelling);
  if ('node' in found) return found;
  const known = found.known.map((name) => keyText([...found.at, name]));
  const unknown = keyText([...found.at, ...found.rest]);
  throw new DaybookError('config.unknown-key', {
    ...placeOf(given),
    unknown: spelling === 'folded' ? unknown.toLowerCase() : unknown,
    suggestion: suggestKey(tree, found),
    known,
  });
}

/** What an error needs to say where a value stands. */
export const placeOf = ({ key, file, line }: Given): { key: string; file?: string | undefined; line?: number | undefined } => ({ key, file, line });
