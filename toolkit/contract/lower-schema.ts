import * as z from 'zod';
import { and, type Expr, gte, isNotNull, length, literal, lte, matches, oneOf, type Truth } from '../frame/index.ts';
import type { Text } from './field.ts';
import { lowerPattern } from './lower-pattern.ts';

/** Formats of zod that are their pattern and test nothing more. */
const PATTERN_ALONE = new Set(['email', 'uuid', 'guid', 'ulid', 'date', 'e164', 'regex', 'nanoid', 'cuid2', 'ksuid', 'xid', 'ipv4']);

interface Definition {
  readonly type: string;
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly format?: string;
  readonly pattern?: RegExp;
  readonly coerce?: boolean;
  readonly checks?: readonly { readonly _zod: { readonly def: CheckDefinition } }[];
}
interface CheckDefinition {
  readonly check: string;
  readonly format?: string;
  readonly pattern?: RegExp;
  readonly minimum?: number;
  readonly maximum?: number;
}
type Test = (text: Text) => Expr<Truth>;

/**
 * A zod schema of a text as an engine test that passes exactly where zod does, or null where it has none: then the rule
 * runs in zod, once a distinct text. Lowered: `z.enum`, `z.string()` with `regex`, `min`, `max`, and the formats that
 * are their pattern alone (`z.email()`, `z.iso.date()`, `z.uuid()` …). Left to zod: refine, transform, coerce, url and the like.
 */
export function lowerSchema(schema: z.ZodType): Test | null {
  const def = schema._zod.def as unknown as Definition;
  if (def.type === 'enum') return lowerEnum(def);
  if (def.type !== 'string' || def.coerce) return null;
  const tests: Test[] = [];
  if (def.format) {
    const test = PATTERN_ALONE.has(def.format) && def.pattern ? lowerRegex(def.pattern) : null;
    if (!test) return null;
    tests.push(test);
  }
  for (const { _zod } of def.checks ?? []) {
    const test = lowerCheck(_zod.def);
    if (!test) return null;
    tests.push(test);
  }
  return (text) => and(isNotNull(text), ...tests.map((test) => test(text)));
}

function lowerEnum(def: Definition): Test | null {
  const entries = Object.values(def.entries ?? {});
  if (!entries.every((entry) => typeof entry === 'string')) return null;
  return (text) => and(isNotNull(text), oneOf(text, entries));
}

function lowerCheck(check: CheckDefinition): Test | null {
  if (check.check === 'string_format' && check.pattern && PATTERN_ALONE.has(check.format ?? '')) return lowerRegex(check.pattern);
  // zod 4 counts code points, as the engine does
  if (check.check === 'min_length') return (text) => gte(length(text), literal(check.minimum ?? 0));
  if (check.check === 'max_length') return (text) => lte(length(text), literal(check.maximum ?? 0));
  return null;
}

function lowerRegex(pattern: RegExp): Test | null {
  const re2 = lowerPattern(pattern);
  return re2 === null ? null : (text) => matches(text, re2);
}

/** Whether a text passes a schema, in zod itself. */
export const passesInZod =
  (schema: z.ZodType) =>
  (text: string): boolean =>
    z.safeParse(schema, text).success;
