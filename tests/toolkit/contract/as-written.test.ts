import assert from 'node:assert/strict';
import test from 'ava';
import { amount, type Contract, contract, type Fields, id } from 'daybook';
import { crm } from '../../../toolkit/pipelines/customer-360/contracts/crm.ts';
import { orders } from '../../../toolkit/pipelines/customer-360/contracts/orders.ts';
import { holds } from '../frame/rows.ts';
import { judge, manyTexts, textsOf } from './texts.ts';

/** A contract of one field beside its key, with the field's short way or without it. */
function oneField(name: string, field: Fields[string], short: boolean): Contract {
  const it = contract('one', { key: id({ title: 'Key' }), [name]: short ? field : { ...field, asWritten: null } }, { key: 'key' });
  return it as unknown as Contract;
}

/** Short way and whole way give the same row, the same broken rules and the same counts on any text. */
const agrees = test.macro(async (t, name: string, field: Fields[string], texts: ReturnType<typeof textsOf>) => {
  assert.ok(field.asWritten, 'the field has no short way');
  await holds(
    manyTexts(texts, 400),
    async (list) => {
      const records = list.map((text, i) => ({ key: String(i + 1), [name]: text }));
      const [short, whole] = [await judge(oneField(name, field, true), records), await judge(oneField(name, field, false), records)];
      assert.deepEqual(short, whole);
    },
    4,
  )(t);
});

const NUMBERS = [
  '12',
  '007',
  '0',
  '9007199254740991',
  '9007199254740992',
  '900719925474099',
  '12.0',
  '1e3',
  '+5',
  '-0',
  '12.34',
  '12.3',
  '-1.00',
  ' 7',
];
const fields: Fields = { ...(crm.fields as Fields), ...(orders.fields as Fields), total: amount({ title: 'Total' }) };
const of = (name: string): Fields[string] => fields[name] as Fields[string];
test('an id', agrees, 'number', of('order_id'), textsOf('0123456789', NUMBERS, 17));
test('an amount', agrees, 'total', of('total'), textsOf('0123456789.-+', [...NUMBERS, '9999999999.99', '10000000000', '1.', '.5'], 14));
test(
  'an e-mail',
  agrees,
  'email',
  of('email'),
  textsOf("abz09._-+'@AZ", ['ann.o-b@mail-1.example.org', 'A@b.co', 'a@b.c', 'a--b@c.de', 'a@b--c.de'], 14),
);
test('a phone', agrees, 'phone', of('phone'), textsOf('0123456789+', ['02079460018', '00441234567', '00123456789', '0044123456789'], 12));
test(
  'a postcode',
  agrees,
  'postcode',
  of('postcode'),
  textsOf('AEWGIR019 a', ['SW1A 1AA', 'GIR 0AA', 'M1 1AE', 'DN55 1PT', 'W1A1HQ', 'A9A  9AA'], 9),
);
