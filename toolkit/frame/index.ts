export { defaultSession } from './default-session.ts';
export { Aggregate, anyBits, approxDistinct, count, distinct, max, mean, min, quantiles, sum, sumWhole } from './expr/aggregate.ts';
export { anyBit, bitMask, hasBit, MASK_BITS, toBits } from './expr/bits.ts';
export { daysBetween, isoDate, month, monthsBetween, toDate, year } from './expr/date.ts';
export { Expr, literal, type Operand, type Truth } from './expr/expr.ts';
export {
  and,
  Cases,
  coalesce,
  eq,
  firstOf,
  flag,
  gt,
  gte,
  isNotNull,
  isNull,
  lookup,
  lt,
  lte,
  neq,
  not,
  oneOf,
  or,
  passed,
  same,
  when,
} from './expr/logic.ts';
export {
  asMoney,
  greatest,
  meanMoney,
  minus,
  money,
  plainWhole,
  plus,
  round,
  stepOf,
  times,
  toInteger,
  toMoney,
  toNumber,
  total,
  toWhole,
} from './expr/number.ts';
export {
  afterLast,
  append,
  asText,
  beforeFirst,
  collapseSpace,
  concat,
  contains,
  JS_SPACE_CLASS,
  joinTexts,
  jsonObject,
  length,
  lower,
  matches,
  nullIf,
  removeSpace,
  replace,
  replaceMatches,
  shape,
  shortShape,
  startsWith,
  substring,
  type TextToText,
  textToText,
  titleCase,
  trim,
  upper,
} from './expr/text.ts';
export { Frame, Grouped, type SortKey } from './frame.ts';
export { discard, type Kept, keep, rowsOf, takeOut, writeParquet } from './keep.ts';
export { frameOf } from './leaf/frame-of.ts';
export { readParquet } from './leaf/read-parquet.ts';
export { tableFrame } from './leaf/table.ts';
export { col, type LooseColumns, type LooseFrame, loose, typed } from './loose.ts';
export { numberRows } from './number-rows.ts';
export { clueOfName, sureClueOfName, wordsOfName } from './personal/by-name.ts';
export { personalInTable } from './personal/in-table.ts';
export { personalColumns, withPersonal } from './personal/of-frame.ts';
export type { PersonalColumns, PersonalTag } from './personal/tag.ts';
export { type ColumnType, columnTypes, type Preview, preview } from './preview.ts';
export type { Columns } from './row.ts';
export { type RunningTotal, runningTotal } from './running-total.ts';
export type { Decimal, Scalar } from './scalar.ts';
export { Session, type SessionOptions } from './session.ts';
export { textTest } from './text-test.ts';
export { requireDistinct } from './verbs/columns.ts';
export { type Descending, desc } from './verbs/orderby.ts';
