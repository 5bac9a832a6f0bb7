import type { z } from 'zod';
import { core, definition, metaOf } from '../toolkit/config/zod-shape.ts';

/** One option or argument of a command as it is parsed and shown. */
export interface OptionShape {
  /** The key in the command's zod object. */
  readonly key: string;
  /** `--as-of`, or `PIPELINE` for an argument. */
  readonly name: string;
  /** `-p`, by `.meta({ short: 'p' })`; null where there is none. */
  readonly short: string | null;
  readonly schema: z.ZodType;
  readonly description: string;
  /** What stands for the value in the help; null for a flag. */
  readonly value: string | null;
  readonly isRepeated: boolean;
  readonly isRequired: boolean;
}

const kebab = (key: string): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const typeOf = (schema: z.ZodType): string => definition(core(schema)).type;

/** The options of a zod object. */
export const optionsOf = (options: z.ZodObject): readonly OptionShape[] =>
  Object.entries(options.shape).map(([key, schema]) => shapeOf(key, `--${kebab(key)}`, schema as z.ZodType));

/** The arguments of a zod object, in order. */
export const argumentsOf = (args: z.ZodObject): readonly OptionShape[] =>
  Object.entries(args.shape).map(([key, schema]) => shapeOf(key, kebab(key).toUpperCase(), schema as z.ZodType));

function shapeOf(key: string, name: string, schema: z.ZodType): OptionShape {
  const { description, value, short } = metaOf(schema);
  const type = typeOf(schema);
  return {
    key,
    name,
    short: typeof short === 'string' ? `-${short}` : null,
    schema,
    description: typeof description === 'string' ? description : '',
    value: type === 'boolean' ? null : typeof value === 'string' ? value : kebab(key).toUpperCase(),
    isRepeated: type === 'array',
    isRequired: !schema.safeParse(undefined).success,
  };
}

/** Text from the command line as the type that the schema checks. */
export function fromText({ schema }: OptionShape, text: unknown): unknown {
  if (typeof text !== 'string') return text;
  return ['number', 'int'].includes(typeOf(schema)) && /^[+-]?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
