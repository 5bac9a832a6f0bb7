/**
 * Whether tests run that cost more than about ten seconds of the processor: by `npm run test:all`, which CI does. `npm test` is for every change, and skips them.
 * @example const serially = SLOW ? test.serial : test.serial.skip;
 */
export const SLOW = process.env['SLOW_TESTS'] === '1';
