declare const decimal: unique symbol;
/**
 * An exact decimal. The engine computes it exactly (DECIMAL); a collected value is the double nearest to it, which
 * shows the exact amount up to 15 significant digits. It may stand wherever a number may.
 */
export type Decimal = number & { readonly [decimal]: true };

/** A value that a column may hold. */
export type Scalar = string | number | bigint | boolean | Date | null;
