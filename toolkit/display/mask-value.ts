import type { PersonalTag } from '../frame/index.ts';

/** What stands in the place of what must not be read. */
export const MASK = '•••';

const firstOf = (text: string): string => [...text][0] ?? '';
const PHONE_SHOWN = 3;

/**
 * A personal value as it may be shown: `all` shows nothing of it, `initial` its first letter, `email` the first letter and the domain,
 * `phone` the last three digits. A value that has not the form its mask is made for shows nothing.
 *
 * @example maskValue('ann@example.org', 'email') // 'a•••@example.org'
 */
export function maskValue(value: string, mask: PersonalTag['mask']): string {
  if (mask === 'initial') return firstOf(value) + MASK;
  if (mask === 'email') {
    const at = value.lastIndexOf('@');
    return at > 0 ? `${firstOf(value)}${MASK}${value.slice(at)}` : MASK;
  }
  if (mask === 'phone') return /\d{6,}$/.test(value) ? MASK + value.slice(-PHONE_SHOWN) : MASK;
  return MASK;
}
