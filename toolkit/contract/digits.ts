/**
 * A pattern for the whole numbers from 1 to `limit` in digits without leading zeros: what a regular expression can say
 * of a bound, so that the engine and zod decide it alike and without arithmetic.
 * @example digitsUpTo('325').test('325') // true; '326' and '0' do not match
 */
export function digitsUpTo(limit: string): RegExp {
  const shorter = limit.length > 1 ? [`[1-9][0-9]{0,${limit.length - 2}}`] : [];
  const smaller = [...limit].flatMap((digit, i) => {
    const least = i === 0 ? 1 : 0;
    const most = Number(digit) - 1;
    if (most < least) return [];
    const rest = limit.length - i - 1;
    return [`${limit.slice(0, i)}[${least}-${most}]${rest > 0 ? `[0-9]{${rest}}` : ''}`];
  });
  return new RegExp(`^(?:${[...shorter, ...smaller, limit].join('|')})$`);
}
