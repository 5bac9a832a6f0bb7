import { type Assignment, knownKey, type Layer } from './assignment.ts';
import { type KeyNode, keyText } from './key-tree.ts';
import { metaOf } from './zod-shape.ts';

/** One value of the configuration as it may be shown. */
export interface Origin {
  readonly key: string;
  /** As text; `(secret from env NAME)` where it came by reference; `(not set)` for null. */
  readonly value: string;
  readonly layer: Layer;
  /** The variable or `--set key` that gave it; null for files and defaults. */
  readonly variable: string | null;
  readonly file: string | null;
  readonly line: number | null;
  /** What the key does, from the schema; null where it says nothing. */
  readonly description: string | null;
  /** Values of weaker layers that this one replaced, the nearest first. */
  readonly replaced: readonly Omit<Origin, 'description' | 'replaced'>[];
}

/** Where every value came from. */
export interface Origins {
  /** Every key, in the order of the schema. */
  readonly all: readonly Origin[];
  /**
   * One key, or all keys of a section.
   *
   * @throws DaybookError `config.unknown-key` with a suggestion
   */
  explain(key: string): readonly Origin[];
}

/** An assignment and what it came to; `secret` as in `resolveReferences`. */
export interface Settled {
  readonly assignment: Assignment;
  readonly value: unknown;
  readonly secret: string | null;
}

/** Values of a checked configuration by key, the assignments behind them (strongest first), and the default behind all. */
interface Sources {
  readonly tree: KeyNode;
  readonly config: object;
  readonly settled: ReadonlyMap<string, readonly Settled[]>;
  readonly defaults: object;
}

/** Lays the values of a configuration beside the layers that gave them. */
export function originsOf(sources: Sources): Origins {
  const all = valuesOf(sources.tree, sources.config, []).map((leaf) => originOf(leaf, sources));
  return {
    all,
    explain(key) {
      knownKey(sources.tree, key.split('.'), { layer: 'set', key });
      const exact = all.filter((origin) => origin.key === key);
      return exact.length > 0 ? exact : all.filter((origin) => origin.key.startsWith(`${key}.`));
    },
  };
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly description: string | null;
}

function valuesOf(node: KeyNode, value: unknown, path: readonly string[]): Leaf[] {
  if (node.kind === 'leaf') {
    const description = metaOf(node.schema)['description'];
    return value === undefined ? [] : [{ path, value, description: typeof description === 'string' ? description : null }];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (node.kind === 'names') return Object.entries(value).flatMap(([name, item]) => valuesOf(node.each, item, [...path, name]));
  return [...node.children].flatMap(([name, child]) => valuesOf(child, (value as Record<string, unknown>)[name], [...path, name]));
}

function originOf({ path, value, description }: Leaf, { settled, defaults }: Sources): Origin {
  const key = keyText(path);
  const given = (settled.get(key) ?? []).map((one) => shownAssignment(key, one));
  const base = { key, layer: 'default', variable: null, file: null, line: null } as const;
  const fallback = at(defaults, path);
  const [first, ...weaker] = given;
  if (!first) return { ...base, value: shown(value, null), description, replaced: [] };
  const behind = fallback === undefined ? [] : [{ ...base, value: shown(fallback, null) }];
  const winner = settled.get(key)?.[0];
  return { ...first, value: shown(value, winner?.secret ?? null), description, replaced: [...weaker, ...behind] };
}

function shownAssignment(key: string, { assignment: { given }, value, secret }: Settled): Omit<Origin, 'description' | 'replaced'> {
  const fromFile = given.file !== undefined;
  return {
    key,
    value: shown(value, secret),
    layer: given.layer,
    variable: fromFile ? null : given.key,
    file: given.file ?? null,
    line: given.line ?? null,
  };
}

const at = (root: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, part) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined), root);

function shown(value: unknown, secret: string | null): string {
  if (secret !== null) return `(secret from ${secret})`;
  if (value === null || value === undefined) return '(not set)';
  return withoutUser(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/** A web address without its user and password. */
const withoutUser = (text: string): string => text.replace(/^(https?:\/\/)[^/?#]*@/i, '$1•••@');
