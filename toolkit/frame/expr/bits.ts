import type { Operand } from './expr.ts';
import { type Expr, fragment, literal, type Truth } from './expr.ts';

/** The most tests that one mask holds: the bits of a BIGINT without its sign. */
export const MASK_BITS = 62;

/** Tests as one whole number, each at the bit that is its own; null counts as not passed. */
export const bitMask = (tests: readonly (readonly [bit: number, test: Expr<Truth>])[]): Expr<number> =>
  tests
    .map(([bit, test]) => fragment<number>`CASE WHEN ${test} THEN ${toBits(1n << BigInt(bit))} ELSE 0 END`)
    .reduce((a, b) => fragment<number>`${a} + ${b}`, toBits(0n));

/** A set of bits as a whole number of the engine. */
export const toBits = (bits: bigint): Expr<number> => fragment`CAST(${literal(String(bits))} AS BIGINT)`;

/** Whether a mask and a set of bits have any bit in common. */
export const anyBit = (mask: Expr<number>, bits: bigint): Expr<boolean> => fragment`((${mask} & ${toBits(bits)}) <> 0)`;

/** Whether bit `i` of a mask is set. */
export const hasBit = (mask: Expr<number>, i: Operand<number>): Expr<boolean> => fragment`(((${mask} >> CAST(${i} AS INTEGER)) & 1) = 1)`;
