import { z } from 'zod';
import { keyText, leavesOf, treeOf } from './key-tree.ts';
import { variableName } from './text-layers.ts';
import { core, definition, describeType, layersOf, metaOf } from './zod-shape.ts';

type Leaf = ReturnType<typeof leavesOf>[number];

const toJson = (schema: z.ZodType): unknown => z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });

/**
 * The reference of a schema's keys as Markdown: for each section a table of key, type, default, what it does and the
 * environment variable that sets it. Placeholders such as NAME stand for names of one's own.
 *
 * @param under the section that the schema stands for, such as `settings` for a pipeline's own schema
 */
export function configurationReference(schema: z.ZodType, under: readonly string[] = []): string {
  const sections = new Map<string, Leaf[]>();
  for (const leaf of leavesOf(treeOf(schema), under)) {
    const name = leaf.path.length > 1 ? (leaf.path[0] ?? '') : 'General';
    sections.set(name, [...(sections.get(name) ?? []), leaf]);
  }
  return [...sections]
    .map(([name, leaves]) => `## ${name === 'General' ? name : `\`${name}\``}\n\n${HEAD}\n${leaves.map(rowOf).join('\n')}\n`)
    .join('\n');
}

const HEAD = '| key | type | default | what it does | environment variable |\n| --- | --- | --- | --- | --- |';

function rowOf({ path, schema }: Leaf): string {
  const { title, description } = metaOf(schema);
  const does = [title && `**${String(title)}.**`, description && String(description)].filter(Boolean).join(' ');
  const type = definition(core(schema)).type === 'unknown' ? 'by the pipeline' : describeType(schema, toJson);
  return `| ${[`\`${keyText(path)}\``, type, defaultOf(schema), does, `\`${variableName(path)}\``].map(cell).join(' | ')} |`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function defaultOf(schema: z.ZodType): string {
  for (const layer of layersOf(schema)) {
    const { defaultValue } = layer.def as unknown as { defaultValue?: unknown };
    if (defaultValue !== undefined)
      return defaultValue === null ? 'not set' : `\`${typeof defaultValue === 'object' ? JSON.stringify(defaultValue) : String(defaultValue)}\``;
  }
  return 'none';
}
