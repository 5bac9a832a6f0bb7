import { type Columns, type Decimal, gt, gte, when } from 'daybook';
import type { Settings } from '../settings.ts';

/** The segment of a customer by total spent, in pounds. */
export const segment = (c: Columns<{ total_spent: Decimal }>, { segments }: Settings) =>
  when(gte(c.total_spent, segments.vip), 'vip')
    .when(gte(c.total_spent, segments.regular), 'regular')
    .when(gt(c.total_spent, 0), 'occasional')
    .otherwise('none');
