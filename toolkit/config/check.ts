import { z } from 'zod';
import { DaybookError } from '../errors/index.ts';
import { placeOf } from './assignment.ts';
import type { PipelineFacts } from './facts.ts';
import { type KeyNode, keyText, resolveKey } from './key-tree.ts';
import type { Settled } from './origins.ts';
import { describeType } from './zod-shape.ts';

/** What is needed to say where a wrong value stands. */
interface Context {
  readonly tree: KeyNode;
  readonly settled: ReadonlyMap<string, readonly Settled[]>;
  /** Named where a required value is missing everywhere. */
  readonly file: string | undefined;
}

const toJson = (schema: z.ZodType): unknown => z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });

/** A schema's output, or the first thing that is wrong with it. @throws DaybookError `config.wrong-value` */
export function checked<T>(schema: z.ZodType<T>, value: unknown, prefix: readonly string[], context: Context): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = [...prefix, ...(issue?.path ?? []).map(String)];
  const { key, settled } = nearest(path, context.settled);
  const name = key ?? keyText(path);
  const given = settled ? placeOf(settled.assignment.given) : { key: name, file: context.file };
  const must = wording(issue, name, settled?.secret != null, context.tree);
  throw new DaybookError('config.wrong-value', { ...given, name, must, more: result.error.issues.length - 1 });
}

function nearest(path: readonly string[], settled: ReadonlyMap<string, readonly Settled[]>): { key: string | null; settled: Settled | null } {
  for (let length = path.length; length > 0; length--) {
    const key = keyText(path.slice(0, length));
    const found = settled.get(key)?.[0];
    if (found) return { key, settled: found };
  }
  return { key: null, settled: null };
}

/** A schema's own sentence may quote the value: it is not used where that is a secret. */
function wording(issue: z.core.$ZodIssue | undefined, name: string, isSecret: boolean, tree: KeyNode): string {
  if (issue?.code === 'custom' && !isSecret) return issue.message;
  const found = resolveKey(tree, name.split('.'));
  if (!('node' in found)) return 'a value that fits';
  return found.node.kind === 'leaf' ? describeType(found.node.schema, toJson) : 'a section of keys';
}

/** @throws DaybookError `config.fixed-rule` where a fixed rule was given another severity than its own */
export function refuseFixedRules(
  pipeline: PipelineFacts,
  rules: Readonly<Record<string, Readonly<Record<string, string>>>>,
  settled: Context['settled'],
): void {
  for (const [source, facts] of Object.entries(pipeline.sources)) {
    for (const { code, severity, fixed } of facts) {
      const asked = rules[source]?.[code];
      if (!fixed || asked === undefined || asked === severity) continue;
      const rule = `${source}.${code}`;
      const given = settled.get(`rules.${rule}`)?.[0]?.assignment.given;
      throw new DaybookError('config.fixed-rule', { ...(given ? placeOf(given) : { key: `rules.${rule}` }), rule, severity });
    }
  }
}
