import { DaybookError, suggest } from '../errors/index.ts';
import { type Assignment, type Given, knownKey, placeOf } from './assignment.ts';
import { type Key, type KeyNode, leavesOf } from './key-tree.ts';
import { isScalar } from './zod-shape.ts';

const PREFIX = 'DAYBOOK_';
/** Variables with the prefix that are no configuration keys. */
const RESERVED = new Set(['DAYBOOK_ENV', 'DAYBOOK_DEBUG']);

/** The values of environment variables and `--set` arrive as text; here they become assignments. */
interface TextSource {
  readonly tree: KeyNode;
  /** The folder that relative paths are from. */
  readonly base: string;
}

/**
 * The environment variable that sets a key.
 *
 * @example variableName(['warehouse', 'busyTimeoutMs']) // 'DAYBOOK_WAREHOUSE__BUSY_TIMEOUT_MS'
 * @example variableName(['rules', 'crm', 'email.invalid']) // 'DAYBOOK_RULES__CRM__EMAIL__INVALID'
 */
export function variableName(path: readonly string[]): string {
  const parts = path.flatMap((part) => part.split('.'));
  return (
    PREFIX +
    parts
      .map((part) =>
        part
          .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
          .replaceAll('-', '_')
          .toUpperCase(),
      )
      .join('__')
  );
}

/**
 * The values that environment variables give. `__` parts the key, case does not count, `_` and `-` are the same as nothing
 * (`BUSY_TIMEOUT_MS` is `busyTimeoutMs`). An empty variable counts as not set. Other `DAYBOOK_…` variables without `__` are
 * left alone unless they are nearly a key: those would be silently without effect.
 *
 * @throws DaybookError `config.unknown-key`, `config.wrong-value`
 */
export function variablesLayer(env: Readonly<Record<string, string | undefined>>, source: TextSource): Assignment[] {
  const known = leavesOf(source.tree).map((leaf) => variableName(leaf.path));
  return Object.entries(env).flatMap(([name, text]) => {
    if (!name.startsWith(PREFIX) || RESERVED.has(name) || text === undefined || text === '') return [];
    const given: Given = { layer: 'variable', key: name };
    const parts = name.slice(PREFIX.length).split('__');
    if (parts.length === 1 && !isKey(source.tree, parts)) {
      refuseNearMiss(name, known, given);
      return [];
    }
    return [textAssignment(knownKey(source.tree, parts, given, 'folded'), text, given, source)];
  });
}

function isKey(tree: KeyNode, parts: readonly string[]): boolean {
  try {
    return knownKey(tree, parts, { layer: 'variable', key: '' }, 'folded').node.kind === 'leaf';
  } catch {
    return false;
  }
}

function refuseNearMiss(name: string, known: readonly string[], given: Given): void {
  const bare = (variable: string) => variable.slice(PREFIX.length).replaceAll('__', '_');
  const near = suggest(bare(name), known.map(bare));
  const meant = near === null ? undefined : known.find((variable) => bare(variable) === near);
  if (meant) throw new DaybookError('config.unknown-key', { ...placeOf(given), unknown: name, suggestion: meant, known: [] });
}

/**
 * The values of repeated `--set key=value`; of a key given twice the last counts.
 *
 * @throws DaybookError `config.set-without-value` (64), `config.unknown-key`, `config.wrong-value`
 */
export function setLayer(set: readonly string[], source: TextSource): Assignment[] {
  return set.map((text) => {
    const at = text.indexOf('=');
    if (at < 1) throw new DaybookError('config.set-without-value', { text: at < 0 ? text : '=' });
    const name = text.slice(0, at).trim();
    const given: Given = { layer: 'set', key: `--set ${name}` };
    return textAssignment(knownKey(source.tree, name.split('.'), given), text.slice(at + 1), given, source);
  });
}

function textAssignment(key: Key, text: string, given: Given, { base }: TextSource): Assignment {
  if (key.node.kind !== 'leaf') {
    const known = leavesOf(key.node, key.path).map((leaf) => leaf.path.join('.'));
    throw new DaybookError('config.unknown-key', { ...placeOf(given), unknown: key.path.join('.'), suggestion: null, known });
  }
  return { path: key.path, node: key.node, value: isScalar(key.node.schema) ? text.trim() : text, given, isText: true, base };
}
