import { readFileSync } from 'node:fs';
import { isMap, isScalar as isYamlScalar, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import { DaybookError } from '../errors/index.ts';
import { type Assignment, type Given, knownKey, type Layer, placeOf } from './assignment.ts';
import { type KeyNode, keyText, resolveKey } from './key-tree.ts';
import { isScalar } from './zod-shape.ts';

interface Reading {
  readonly tree: KeyNode;
  readonly file: string;
  readonly layer: Layer;
  readonly base: string;
  readonly lines: LineCounter;
  readonly resolve: (node: Node) => unknown;
}

/**
 * The values of one configuration file; none where it does not exist.
 * Keys may be nested or dotted (`warehouse: {path: x}`, `warehouse.path: x`). YAML 1.2: `on`, `off`, `yes`, `no` are text.
 *
 * @throws DaybookError `config.not-yaml`, `config.cannot-read`, `config.unknown-key`, `config.wrong-value`
 */
export function yamlLayer(options: { readonly file: string; readonly layer: Layer; readonly tree: KeyNode; readonly base: string }): Assignment[] {
  const text = textOf(options.file);
  if (text === null) return [];
  const lines = new LineCounter();
  // Pretty errors and messages quote the text, which may hold a secret: only the code and the line are used.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [fault] = document.errors;
  if (fault) {
    const reason = fault.code.toLowerCase().replaceAll('_', ' ');
    throw new DaybookError('config.not-yaml', { file: options.file, line: lines.linePos(fault.pos[0]).line, reason });
  }
  const reading: Reading = { ...options, lines, resolve: (node) => node.toJS(document) };
  if (document.contents === null || (isYamlScalar(document.contents) && document.contents.value === null)) return [];
  if (isMap(document.contents)) return fromMap(document.contents, [], reading);
  throw new DaybookError('config.not-yaml', { file: options.file, line: 1, reason: 'it holds no keys' });
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new DaybookError('config.cannot-read', { file });
  }
}

function fromMap(map: YAMLMap, parents: readonly string[], reading: Reading): Assignment[] {
  return map.items.flatMap((pair) => {
    const name = String(isYamlScalar(pair.key) ? pair.key.value : pair.key);
    const parts = [...parents, ...name.split('.')];
    const given = { layer: reading.layer, key: parts.join('.'), file: reading.file, line: lineOf(pair.key as Node, reading) };
    return fromValue(pair.value as Node | null, parts, given, reading);
  });
}

function lineOf(node: Node, { lines }: Reading): number {
  return node.range ? lines.linePos(node.range[0]).line : 1;
}

/** Whether the parts are the first words of a name with dots: a rule's code as `email: {invalid: reject}`. */
function isBeginning(tree: KeyNode, parts: readonly string[]): boolean {
  const found = resolveKey(tree, parts);
  return 'rest' in found && found.known.some((name) => name.startsWith(`${keyText(found.rest)}.`));
}

function fromValue(value: Node | null, parts: readonly string[], given: Given, reading: Reading): Assignment[] {
  if (isMap(value) && isBeginning(reading.tree, parts)) return fromMap(value, parts, reading);
  const key = knownKey(reading.tree, parts, given);
  const isWhole = key.node.kind === 'leaf' && !isScalar(key.node.schema);
  if (isMap(value) && !isWhole) return fromMap(value, parts, reading);
  const plain = value === null ? null : reading.resolve(value);
  if (key.node.kind !== 'leaf') {
    if (plain === null) return [];
    throw new DaybookError('config.wrong-value', { ...placeOf(given), name: given.key, must: 'a section of keys', more: 0 });
  }
  return [{ path: key.path, node: key.node, value: plain, given, isText: false, base: reading.base }];
}
