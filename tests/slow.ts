/**
 * Whether tests that take half a minute and more run: by `npm run test:all`, which CI does. `npm test` is for every change, and skips them.
 * @example const serially = SLOW ? test.serial : test.serial.skip;
 */
export const SLOW = process.env['SLOW_TESTS'] === '1';
