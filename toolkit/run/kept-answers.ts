import type { Contract } from '../contract/index.ts';
import { valueColumns } from '../contract/index.ts';
import { and, coalesce, col, eq, gt, isNotNull, type LooseColumns, type LooseFrame, literal, lte, or, when } from '../frame/index.ts';
import { DAY_MS } from '../state/index.ts';

/** 1 where the service knows the key, 0 where it answered that it does not. */
export const FOUND = 'answer:found';
/** When it answered, in milliseconds since 1970. */
const AT = 'answer:at';

/** How long answers count as fresh, and how long those are kept that nobody asks for. In days. */
export interface AnswerAges {
  readonly cacheDays: number;
  readonly unknownDays: number;
  readonly retentionDays: number;
}

/** The columns of kept answers: the accepted row, null but for its key where the service does not know it, and what is known of the answer. */
export const answerColumns = (contract: Contract): readonly string[] => [...valueColumns(contract), FOUND, AT];

/** The keys without a fresh answer, those never answered before the oldest. Shape in: `asked` each key once. */
export function keysToAsk(asked: LooseFrame, known: LooseFrame, key: string, { cacheDays, unknownDays }: AnswerAges, now: Date): LooseFrame {
  const since = (days: number) => now.getTime() - days * DAY_MS;
  const fresh = known.filter((c) =>
    // an answer from the future tells of a clock that was wrong
    and(lte(at(c), now.getTime()), gt(at(c), when(isFound(c), literal(since(cacheDays))).otherwise(literal(since(unknownDays))))),
  );
  return asked
    .antijoin(fresh, key)
    .join_left(known.select(key, AT), key)
    .derive((c) => ({ [AT]: coalesce(col<number | null>(c, AT), 0) }))
    .orderby(AT, key)
    .select(key);
}

/**
 * What is kept after a run: its answers, and in the place of those it does not have the earlier ones, whatever their age, as
 * long as they are asked for or not too old.
 *
 * - Shape in: `answered` the keys that were answered with `FOUND`, `accepted` the rows among them that broke no rejecting rule.
 *   A key whose row was refused counts as not answered.
 */
export function keptAnswers(
  contract: Contract,
  rows: { readonly answered: LooseFrame; readonly accepted: LooseFrame; readonly known: LooseFrame; readonly asked: LooseFrame },
  { answeredAt, now, ages }: { readonly answeredAt: Date; readonly now: Date; readonly ages: AnswerAges },
): LooseFrame {
  const { key } = contract;
  const { answered, accepted, known, asked } = rows;
  const isAccepted = 'answer:accepted';
  const made = answered
    .select(key, FOUND)
    .join_left(
      accepted.derive(() => ({ [isAccepted]: literal(1) })),
      key,
    )
    .filter((c) => or(eq(col<number>(c, FOUND), 0), isNotNull(col<number | null>(c, isAccepted))))
    .derive(() => ({ [AT]: literal(answeredAt.getTime()) }));
  const earlier = known.antijoin(made, key);
  const unused = earlier.antijoin(asked, key).filter((c) => gt(at(c), now.getTime() - ages.retentionDays * DAY_MS));
  const columns = answerColumns(contract);
  return made.select(...columns).concat(earlier.semijoin(asked, key).select(...columns), unused.select(...columns));
}

const at = (c: LooseColumns) => col<number>(c, AT);
const isFound = (c: LooseColumns) => eq(col<number>(c, FOUND), 1);

/** The kept answers that hold a row. */
export const foundAnswers = (kept: LooseFrame): LooseFrame => kept.filter(isFound);
