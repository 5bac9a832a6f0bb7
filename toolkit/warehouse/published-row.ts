import * as z from 'zod';
import type { Decimal } from '../frame/index.ts';
import type { PublishedColumn } from './warehouse.ts';

/** A money column of a published row: exact, two decimals. */
export const moneyColumn = (): z.ZodType<Decimal> => z.custom<Decimal>((value) => typeof value === 'number').meta({ kind: 'money' });
/** A calendar date of a published row. */
export const dateColumn = (): z.ZodType<Date> => z.date();
/** A 0 or 1 of a published row. */
export const flagColumn = (): z.ZodType<0 | 1> => z.literal([0, 1]);

/**
 * The columns of a published table from the zod object of its row: `z.int()` and flags are integers, `z.number()` is
 * real, `z.date()` a date, `moneyColumn()` money, texts and enumerations text; `.nullable()` may be null.
 * @throws TypeError for a schema that no column can hold
 */
export function publishedColumns(row: z.ZodObject): readonly PublishedColumn[] {
  return Object.entries(row.shape).map(([name, schema]) => {
    const nullable = schema instanceof z.ZodNullable;
    const inner = (nullable ? schema.unwrap() : schema) as z.ZodType;
    return { name, nullable, kind: kindOf(name, inner) };
  });
}

function kindOf(name: string, schema: z.ZodType): PublishedColumn['kind'] {
  if (schema.meta()?.['kind'] === 'money') return 'money';
  if (schema instanceof z.ZodDate) return 'date';
  if (schema instanceof z.ZodLiteral && [...schema.values].every((value) => typeof value === 'number')) return 'integer';
  if (schema instanceof z.ZodNumber) return schema.format === 'safeint' ? 'integer' : 'real';
  if (schema instanceof z.ZodString || schema instanceof z.ZodEnum) return 'text';
  throw new TypeError(`column "${name}" of a published row has a schema that no column can hold`);
}
