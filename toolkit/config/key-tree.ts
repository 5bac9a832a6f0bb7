import type { z } from 'zod';
import { suggest } from '../errors/index.ts';
import type { PipelineFacts } from './facts.ts';
import { configSchema } from './schema.ts';
import { core, definition, metaOf } from './zod-shape.ts';

/** The keys that exist: a value, a section of known keys, or a section of names that anybody may choose. */
export type KeyNode =
  /** `open`: whatever lies below it is taken as it is. */
  | { readonly kind: 'leaf'; readonly schema: z.ZodType; readonly open: boolean }
  | { readonly kind: 'section'; readonly children: ReadonlyMap<string, KeyNode> }
  | { readonly kind: 'names'; readonly placeholder: string; readonly each: KeyNode };

/** One key: its path (a rule's code is one part, dots and all) and what it is. */
export interface Key {
  readonly path: readonly string[];
  readonly node: KeyNode;
}

/** Text of a path as people write it: `rules.crm.email.invalid`. */
export const keyText = (path: readonly string[]): string => path.join('.');

/** The tree of a schema's keys. */
export function treeOf(schema: z.ZodType): KeyNode {
  const { type, shape, valueType } = definition(core(schema));
  if (type === 'object' && shape) {
    return section(Object.entries(shape).map(([name, child]) => [name, treeOf(child)]));
  }
  if (type === 'record' && valueType) {
    return { kind: 'names', placeholder: String(metaOf(schema)['names'] ?? 'NAME'), each: treeOf(valueType) };
  }
  return { kind: 'leaf', schema, open: type === 'unknown' || type === 'any' };
}

const section = (children: Iterable<readonly [string, KeyNode]>): KeyNode => ({ kind: 'section', children: new Map(children) });

/** The keys of a pipeline's configuration: its sources, its rules and its settings are known by name. Without one, any name is. */
export function configTree(pipeline: PipelineFacts | null): KeyNode {
  const root = treeOf(configSchema);
  if (root.kind !== 'section') return root;
  const settings: KeyNode = pipeline ? treeOf(pipeline.settings) : { kind: 'leaf', schema: configSchema.shape.settings, open: true };
  const known = pipeline ? Object.entries(pipeline.sources).map(([name, rules]) => [name, rules.map((rule) => rule.code)] as const) : null;
  return section([...root.children].map(([name, node]) => [name, name === 'settings' ? settings : known ? narrow(name, node, known) : node]));
}

/** An open section of sources or rules, closed to the names that the pipeline has. */
function narrow(name: string, node: KeyNode, known: readonly (readonly [string, readonly string[]])[]): KeyNode {
  if (node.kind === 'section' && name === 'quality') {
    return section([...node.children].map(([key, child]) => [key, key === 'perSource' ? narrow(key, child, known) : child]));
  }
  if (node.kind !== 'names') return node;
  const { each } = node;
  if (name !== 'rules' || each.kind !== 'names') return section(known.map(([source]) => [source, each]));
  return section(known.map(([source, codes]) => [source, section(codes.map((code) => [code, each.each]))]));
}

// Environment variables know no case and no hyphen: BUSY_TIMEOUT_MS and BUSYTIMEOUTMS are busyTimeoutMs.
const fold = (name: string): string => name.toLowerCase().replace(/[_-]/g, '');

/** How a key is compared: as written, or as environment variables can write it. */
export type Spelling = 'exact' | 'folded';

/** A key that does not exist: how far it led, what is left, and what could have followed there. */
export interface UnknownKey {
  readonly at: readonly string[];
  readonly rest: readonly string[];
  readonly known: readonly string[];
}

/** Finds the key that dotted parts name, or tells how far they led and what could have followed. */
export function resolveKey(tree: KeyNode, parts: readonly string[], spelling: Spelling = 'exact'): Key | UnknownKey {
  let node = tree;
  let rest = [...parts];
  const path: string[] = [];
  while (rest.length > 0) {
    const step = descend(node, rest, spelling);
    if (!step) return { at: path, rest, known: node.kind === 'section' ? [...node.children.keys()] : [] };
    path.push(...step.names);
    rest = rest.slice(step.taken);
    node = step.node;
  }
  return { path, node };
}

interface Step {
  readonly names: readonly string[];
  readonly taken: number;
  readonly node: KeyNode;
}

function descend(node: KeyNode, rest: readonly string[], spelling: Spelling): Step | null {
  if (node.kind === 'leaf') return node.open ? { names: rest, taken: rest.length, node } : null;
  if (node.kind === 'names') {
    // A rule's code holds dots; below a name that is a section, a dot begins the next key.
    const taken = node.each.kind === 'leaf' && !node.each.open ? rest.length : 1;
    const name = keyText(rest.slice(0, taken));
    return { names: [spelling === 'folded' ? name.toLowerCase() : name], taken, node: node.each };
  }
  for (let taken = rest.length; taken > 0; taken--) {
    const asked = keyText(rest.slice(0, taken));
    const name = node.children.has(asked)
      ? asked
      : spelling === 'folded'
        ? [...node.children.keys()].find((known) => fold(known) === fold(asked))
        : undefined;
    const child = name === undefined ? undefined : node.children.get(name);
    if (name !== undefined && child) return { names: [name], taken, node: child };
  }
  return null;
}

/** Every value of a tree; open sections show their placeholder (`sources.NAME`). */
export function leavesOf(node: KeyNode, path: readonly string[] = []): { path: readonly string[]; schema: z.ZodType }[] {
  if (node.kind === 'leaf') return [{ path, schema: node.schema }];
  if (node.kind === 'names') return leavesOf(node.each, [...path, node.placeholder]);
  return [...node.children].flatMap(([name, child]) => leavesOf(child, [...path, name]));
}

// Two letters that changed places are two edits: too many for a short name such as "crm".
const letters = (name: string): string => [...name.toLowerCase()].sort().join('');

/** The key that was probably meant: near in spelling, or of the same name in another section; null where none is. */
export function suggestKey(tree: KeyNode, { at, rest, known }: UnknownKey): string | null {
  const near =
    suggest(keyText(rest), known) ?? suggest(rest[0] ?? '', known) ?? known.find((name) => letters(name) === letters(keyText(rest))) ?? null;
  if (near !== null) return keyText([...at, near]);
  const last = rest.at(-1)?.toLowerCase() ?? '';
  const elsewhere = leavesOf(tree)
    .map((leaf) => keyText(leaf.path))
    .filter((key) => key.toLowerCase().endsWith(`.${last}`));
  return elsewhere.length === 1 ? (elsewhere[0] ?? null) : null;
}
