import type { z } from 'zod';

/** The parts of a zod 4 schema's definition that are looked into here. */
interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly out?: z.ZodType;
  readonly getter?: () => z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly valueType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly options?: readonly z.ZodType[];
}

/** A schema's definition: its type and its parts. */
export const definition = (schema: z.ZodType): Definition => schema.def as unknown as Definition;

/** The schema within optional, nullable, default and their like; null where there is none. */
function within(schema: z.ZodType): z.ZodType | null {
  const { type, innerType, in: input, out, getter } = definition(schema);
  if (type === 'pipe') return (input && definition(input).type === 'transform' ? out : input) ?? null;
  if (type === 'lazy') return getter?.() ?? null;
  return innerType ?? null;
}

/** From a schema inwards: itself, then what it wraps. */
export function layersOf(schema: z.ZodType): z.ZodType[] {
  const layers = [schema];
  for (let next = within(schema); next && layers.length < 20; next = within(next)) layers.push(next);
  return layers;
}

/** The innermost schema: what is left without optional, nullable, default, preprocess. */
export const core = (schema: z.ZodType): z.ZodType => layersOf(schema).at(-1) ?? schema;

/** What `.meta()` says on a schema or on what it wraps; the outer word counts. */
export const metaOf = (schema: z.ZodType): Readonly<Record<string, unknown>> =>
  Object.assign(
    {},
    ...layersOf(schema)
      .reverse()
      .map((layer) => layer.meta() ?? {}),
  );

/** Whether null is a value of the schema. */
export const isNullable = (schema: z.ZodType): boolean => layersOf(schema).some((layer) => definition(layer).type === 'nullable');

const SCALARS = new Set(['string', 'number', 'int', 'boolean', 'bigint', 'enum', 'literal', 'date', 'template_literal', 'null']);

/** Whether every value of the schema is one text, number or boolean (no map, no list). */
export function isScalar(schema: z.ZodType): boolean {
  const { type, options } = definition(core(schema));
  return type === 'union' ? (options ?? []).every(isScalar) : SCALARS.has(type);
}

interface JsonType {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonType;
  readonly anyOf?: readonly JsonType[];
}

/** What a value must be, in words for a person: "a whole number, 0 or more". `form` in the schema's meta says it better where it is given. */
export function describeType(schema: z.ZodType, toJson: (schema: z.ZodType) => unknown): string {
  const { form } = metaOf(schema);
  if (typeof form === 'string') return form;
  return inWords(toJson(core(schema)) as JsonType);
}

function inWords(json: JsonType): string {
  if (json.enum) return oneOf(json.enum.map((value) => `\`${String(value)}\``));
  if (json.const !== undefined) return `\`${String(json.const)}\``;
  if (json.anyOf) return oneOf(json.anyOf.map(inWords));
  if (json.type === 'integer' || json.type === 'number') return `${json.type === 'integer' ? 'a whole number' : 'a number'}${range(json)}`;
  if (json.type === 'boolean') return '`true` or `false`';
  if (json.type === 'array') return `a list (each ${json.items ? inWords(json.items) : 'anything'})`;
  if (json.type === 'object') return 'a section of keys';
  return json.type === 'string' ? 'a text' : 'a value that fits';
}

const oneOf = (choices: readonly string[]): string =>
  choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1) ?? ''}`;

function range({ minimum, maximum }: JsonType): string {
  const least = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? minimum : null;
  const most = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : null;
  if (least !== null && most !== null) return `, ${least} to ${most}`;
  if (least !== null) return `, ${least} or more`;
  return most !== null ? `, ${most} at most` : '';
}
