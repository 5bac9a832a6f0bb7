import { afterLast, type Expr } from '../frame/index.ts';

/**
 * What follows the last @ of an e-mail address, valid or not; null where there is no @.
 * @example "a@b@example.com" gives "example.com"
 */
export const emailDomain = (email: Expr<string | null>): Expr<string | null> => afterLast(email, '@');
