import test from 'ava';
import { amount, date, degrees, type Field, id, lowerSchema, type Text, textTest } from 'daybook';
import fc from 'fast-check';
import * as z from 'zod';
import { crm } from '../../../toolkit/pipelines/customer-360/contracts/crm.ts';
import { companies, postcodes } from '../../../toolkit/pipelines/customer-360/contracts/lookups.ts';
import { orders } from '../../../toolkit/pipelines/customer-360/contracts/orders.ts';
import { support } from '../../../toolkit/pipelines/customer-360/contracts/support.ts';
import { holds, session } from '../frame/rows.ts';
import { agreesWithZod, manyTexts, passing, textsOf } from './texts.ts';

const TEXTS = {
  email: textsOf("abzAZ09._-+'@", ['a@b.co', 'a.b@c-d.co.uk', "o'x@x.yz", 'a@b.c', 'a..b@c.de', '.a@b.co', 'a@-b.co', 'a@b.co\n'], 20),
  word: textsOf('activeinsupod', ['active', 'inactive', 'suspended', 'high', 'medium', 'low', "o'x", 'é', 'a', 'b']),
  digits: textsOf('0123456789', ['9007199254740991', '9007199254740992', '325', '0', '1', '07911123456', '+447911123456'], 18),
  date: textsOf('0123456789-', [
    '2024-02-29',
    '2023-02-29',
    '1900-02-29',
    '2000-02-29',
    '0000-01-01',
    '0001-01-01',
    '9999-12-31',
    '2024-13-01',
    '2024-04-31',
    '10000-01-01',
  ]),
  amount: textsOf(
    '0123456789.+-',
    ['12.30', '-0.00', '9999999999.99', '10000000000', '00009999999999.99', '-99999999999.99', '12.', '.5', '+1', '1e3'],
    14,
  ),
  id: fc.oneof(
    fc.uuid(),
    fc.ulid(),
    fc.ipV4(),
    textsOf('0123456789abcdefABCDEF-', ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '256.1.1.1', '1.2.3.4'], 36),
  ),
  postcode: textsOf(
    'ABCEGHIJKLRSTWXYZ0123456789',
    ['GIR0AA', 'SW1A1AA', 'M11AE', 'B338TH', 'CR26XH', 'DN551PT', 'W1A0AX', 'EC1A1BB', 'AI11AA', 'QA11AA', 'A9A9CC'],
    8,
  ),
  length: textsOf('ab', ['😀', '😀😀', '😀😀😀', 'e\u0301', '\ufeff\ufeff'], 6),
};

const form = test.macro(async (t, schema: z.ZodType, texts: fc.Arbitrary<string>) =>
  holds(manyTexts(texts), (list) => agreesWithZod(schema, list), 4)(t),
);
const FORMS: Readonly<Record<string, readonly [z.ZodType, fc.Arbitrary<string>]>> = {
  'z.email()': [z.email(), TEXTS.email],
  'z.string().email() of old': [z.string().email(), TEXTS.email],
  'z.email() with a pattern of its own': [z.email({ pattern: /^[a-z]+@[a-z]+$/ }), TEXTS.email],
  'z.enum()': [z.enum(['active', "o'x", 'é']), TEXTS.word],
  'z.enum() of an object': [z.enum({ One: 'active', Two: 'inactive' }), TEXTS.word],
  'z.string() alone': [z.string(), TEXTS.length],
  'least and greatest length': [z.string().min(2).max(3), TEXTS.length],
  'not empty': [z.string().nonempty(), TEXTS.length],
  'a pattern': [z.string().regex(/^\d{2,3}$/), TEXTS.digits],
  'two patterns and a length': [
    z
      .string()
      .regex(/^[0-9]/)
      .regex(/9$/)
      .max(5),
    TEXTS.digits,
  ],
  'z.iso.date()': [z.iso.date(), TEXTS.date],
  'z.uuid()': [z.uuid(), TEXTS.id],
  'z.uuidv4()': [z.uuidv4(), TEXTS.id],
  'z.guid()': [z.guid(), TEXTS.id],
  'z.ulid()': [z.ulid(), TEXTS.id],
  'z.ipv4()': [z.ipv4(), TEXTS.id],
  'z.e164()': [z.e164(), TEXTS.digits],
  'z.nanoid()': [z.nanoid(), fc.oneof(TEXTS.id, fc.string({ unit: fc.constantFrom(...'abAZ09_-'), minLength: 20, maxLength: 22 }))],
  'z.cuid2()': [z.cuid2(), TEXTS.id],
  'z.ksuid()': [z.ksuid(), fc.oneof(TEXTS.id, fc.string({ unit: fc.constantFrom(...'abAZ09'), minLength: 26, maxLength: 28 }))],
  'z.xid()': [z.xid(), fc.oneof(TEXTS.id, fc.string({ unit: fc.constantFrom(...'avw019AVW'), minLength: 19, maxLength: 21 }))],
  'with a message and a description': [z.string({ error: 'no' }).min(1, 'empty').describe('a text'), TEXTS.length],
};
for (const [name, [schema, texts]] of Object.entries(FORMS)) test(`lowered as zod has it: ${name}`, form, schema, texts);

const CONTRACTS = { crm, orders, support, postcodes, companies };
const near = (code: string): fc.Arbitrary<string> =>
  /email/.test(code)
    ? TEXTS.email
    : /postcode/.test(code)
      ? TEXTS.postcode
      : /date/.test(code)
        ? TEXTS.date
        : /amount|itude/.test(code)
          ? TEXTS.amount
          : /unexpected/.test(code)
            ? TEXTS.word
            : TEXTS.digits;
for (const [contract, { fields }] of Object.entries(CONTRACTS)) {
  for (const [field, { rules }] of Object.entries(fields as Readonly<Record<string, Field>>)) {
    for (const [suffix, schema] of Object.entries(rules))
      test(`customer-360: ${contract} ${field}.${suffix} is decided in the engine as in zod`, form, schema, near(`${field}.${suffix}`));
  }
}

const left = test.macro((t, schema: z.ZodType) => {
  t.is(lowerSchema(schema), null);
});
for (const [name, schema] of Object.entries({
  refine: z.string().refine((text) => text !== 'x'),
  superRefine: z.string().superRefine(() => {}),
  transform: z.string().transform((text) => text.length),
  pipe: z.string().pipe(z.string()),
  trim: z.string().trim().min(1),
  toLowerCase: z.string().toLowerCase(),
  'a coerced text': z.coerce.string(),
  url: z.url(),
  'a pattern with flags': z.string().regex(/^a$/i),
  startsWith: z.string().startsWith('a'),
  'exact length': z.string().length(2),
  includes: z.string().includes('a'),
  optional: z.string().optional(),
  nullable: z.string().nullable(),
  'a number': z.number(),
  'an enumeration of numbers': z.enum({ One: 1 }),
  'a union': z.union([z.email(), z.uuid()]),
  ipv6: z.ipv6(),
  base64: z.base64(),
  jwt: z.jwt(),
}))
  test(`left to zod: ${name}`, left, schema);

test('null passes no lowered schema', async (t) => {
  const schemas = [z.string(), z.email(), z.enum(['a']), z.string().min(0)].map((schema) => lowerSchema(schema));
  for (const lowered of schemas) t.deepEqual(await passing([null, null], lowered as (text: Text) => never), [false, false]);
});

test('what is left to zod runs there, once a distinct text', async (t) => {
  let calls = 0;
  const asked = textTest(await session, (text) => {
    calls += 1;
    return z.url().safeParse(text).success;
  });
  const texts = Array.from({ length: 6_000 }, (_, i) => ['https://a.example/ü', 'no', '', 'mailto:x@y.zz'][i % 4] as string);
  t.deepEqual(
    await passing(texts, asked),
    texts.map((text) => z.url().safeParse(text).success),
  );
  t.is(calls, 4);
});

test('rules of the kinds all run in the engine', (t) => {
  const title = 'T';
  for (const field of [id({ title }), date({ title }), amount({ title }), degrees({ title, limit: 90 }), degrees({ title, limit: 180 })] as Field[]) {
    for (const schema of Object.values(field.rules)) t.not(lowerSchema(schema), null);
  }
});
