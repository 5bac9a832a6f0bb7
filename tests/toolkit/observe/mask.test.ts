import test from 'ava';
import fc from 'fast-check';
import { MASK, maskFields, maskText } from '../../../toolkit/observe/index.ts';
import { lineOf } from '../../../toolkit/observe/line.ts';

const masks = test.macro((t, text: string, expected: string) => t.is(maskText(text), expected));
test('an e-mail address', masks, 'sent to ann.o’neil+x@mail.example.org.', `sent to ${MASK}.`);
test('an e-mail address in brackets', masks, 'Ann <ann@example.org>', `Ann <${MASK}>`);
test('an e-mail address with a quoted name', masks, 'to "ann smith"@example.org', `to ${MASK}`);
test('an e-mail address in a URL', masks, 'https://x.test/?to=ann%40example.org', `https:${MASK}`);
test('an e-mail address in another script', masks, 'für józef@żółw.pl', `für ${MASK}`);
test('a UK number', masks, 'call 07700 900123 now', `call ${MASK} now`);
test('a UK number with an area code', masks, '(020) 7946-0958', `(${MASK}`);
test('a UK number from abroad', masks, '+44 (0)20 7946 0958', MASK);
test('a UK number with 0044', masks, 'x0044.7700.900.123', `x${MASK}`);
test('a UK number as it is exported', masks, '447700900123', MASK);
test('a run’s id stays', masks, '20261124T053329Z-9f3c1a', '20261124T053329Z-9f3c1a');
test('a time stays', masks, '2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05.678Z');
test('a package’s path stays', masks, '/srv/app/node_modules/@duckdb/node-api/lib.js:1:2', '/srv/app/node_modules/@duckdb/node-api/lib.js:1:2');
test('a price stays', masks, 'total 1234567.89', 'total 1234567.89');

const mask = maskFields(['email', 'first_name', 'customer_id']);

test('what a contract tags is masked at any depth, however it is spelt', (t) => {
  const given = { Email: 'x', a: [{ firstName: 'Ann', 'first-name': 'Ann' }], customer_id: 17, status: 'active' };
  t.deepEqual(mask(given), { Email: MASK, a: [{ firstName: MASK, 'first-name': MASK }], customer_id: MASK, status: 'active' });
  t.is(given.customer_id, 17);
});

test('a rule’s code is not a field', (t) => t.deepEqual(mask({ 'email.invalid': 3 }), { 'email.invalid': 3 }));
test('null stays null', (t) => t.deepEqual(mask({ email: null }), { email: null }));
test('a key that is an address is masked', (t) => t.deepEqual(mask({ 'ann@example.org': 1 }), { [MASK]: 1 }));
test('an error keeps its stack without addresses', (t) => t.regex(String(mask(new Error('no ann@example.org'))), new RegExp(`^Error: no ${MASK}\n`)));

test('what refers to itself ends', (t) => {
  const given: Record<string, unknown> = {};
  given['self'] = given;
  t.deepEqual(mask(given), { self: '[circular]' });
});

const head = { ts: '2026-11-24T15:33:29.000Z', level: 'info', channel: 'app', runId: null, pipeline: null } as const;
/** A line that holds a text as its message, in a list, under a key and in an error. */
const lineWith = (text: string) =>
  JSON.stringify(lineOf({ ...head, message: text }, { list: [text], deep: { deeper: { note: text } }, fault: new Error(text) }, mask));
const property = (t: import('ava').ExecutionContext, run: fc.IRawProperty<unknown>) =>
  t.notThrows(() => fc.assert(run as fc.IProperty<unknown>, { numRuns: 300, seed: 7 }));
const around = fc.string({ unit: 'grapheme' });

test('no e-mail address reaches a line', (t) => {
  property(
    t,
    fc.property(around, fc.emailAddress(), around, (before, email, after) => {
      const inJson = JSON.stringify(email).slice(1, -1);
      return !lineWith(`${before} ${email} ${after}`).includes(inJson) && !lineWith(before + email).includes(inJson);
    }),
  );
});

const separator = fc.constantFrom('', ' ', '-', '.', '\u00a0', ' - ');
const phone = fc
  .tuple(fc.constantFrom('0', '+44', '0044', '+44 (0)', '(0'), fc.array(fc.tuple(fc.nat(9), separator), { minLength: 10, maxLength: 10 }))
  .map(([prefix, digits]) => prefix + digits.map(([digit, gap], at) => (at === 9 ? String(digit) : `${digit}${gap}`)).join(''));

test('no UK phone number reaches a line', (t) => {
  property(
    t,
    fc.property(
      fc.string().map((text) => text.replace(/\d/g, '')),
      phone,
      (before, number) => {
        const digits = number.replace(/\D/g, '').slice(-10);
        return !lineWith(`${before}${number} end`).replace(/[^\d]/g, '').includes(digits);
      },
    ),
  );
});

test('no personal value reaches a line, whatever its shape', (t) => {
  property(
    t,
    fc.property(fc.jsonValue(), (value) => {
      const line = lineOf({ ...head, message: 'x' }, { people: [{ email: value }], email: value }, mask);
      return value === null || (line['email'] === MASK && line['people'] === JSON.stringify({ email: MASK }));
    }),
  );
});
