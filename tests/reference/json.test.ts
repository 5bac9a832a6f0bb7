import test from 'ava';
import { orders, run } from './room.ts';

// A good order of customer 1, of 10.00 on a known day: the tail of most feeds here.
const TEN = '"customer_id":1,"amount":10,"date":"2024-02-01"}';
const BAD = ['1 record.malformed'];

// Forms.
test('a JSON array', orders, `[{"order_id":1,${TEN},{"order_id":2,${TEN}]`, [], '20.00');
test('NDJSON', orders, `{"order_id":1,${TEN}\n{"order_id":2,${TEN}\n`, [], '20.00');
test('an array may begin with white space', orders, ` \n\t[{"order_id":1,${TEN}]`, [], '10.00');
test('a BOM before an array is accepted', orders, `\ufeff[{"order_id":1,${TEN}]`, [], '10.00');
test('a BOM before NDJSON is accepted', orders, `\ufeff{"order_id":1,${TEN}`, [], '10.00');
test('NDJSON lines end in LF, a CR before it is white', orders, `{"order_id":1,${TEN}\r\n{"order_id":2,${TEN}\r\n`, [], '20.00');
test('a lone CR is no line end', orders, `{"order_id":1,${TEN}\r{"order_id":2,${TEN}\n{"order_id":3,${TEN}`, BAD, '10.00');
test('lines of white space only are skipped, as in trim', orders, `\n \t\r\n\u00a0\ufeff\n{"order_id":1,${TEN}\n\n`, [], '10.00');
test('an empty array is empty', orders, '[]', [], '0.00');
test('an empty array may hold white space', orders, ' [\n] \n', [], '0.00');
test('blank lines are empty', orders, '\n \n\n', [], '0.00');
test('no line at all is empty', orders, '', [], '0.00');
test('an extra member is ignored', orders, `{"order_id":1,"note":{"a":[1,{}]},${TEN}`, [], '10.00');

// What is no record.
test('a line that is no JSON is malformed', orders, `oops\n{"order_id":1,${TEN}`, BAD, '10.00');
test('a line that is an array is malformed', orders, `{"order_id":1,${TEN}\n[1]`, ['2 record.malformed'], '10.00');
test(
  'lines that are a number, text, true or null are malformed',
  orders,
  `1\n"x"\ntrue\nnull\n{"order_id":1,${TEN}`,
  ['1 record.malformed', '2 record.malformed', '3 record.malformed', '4 record.malformed'],
  '10.00',
);
test('two objects on a line are malformed', orders, `{"order_id":1,${TEN}{"order_id":2,${TEN}\n{"order_id":3,${TEN}`, BAD, '10.00');
test('an unfinished line is malformed', orders, `{"order_id":1,\n{"order_id":2,${TEN}`, BAD, '10.00');
test(
  'an element that is no object is malformed',
  orders,
  `[7,{"order_id":1,${TEN},null,[{}],"x"]`,
  ['1 record.malformed', '3 record.malformed', '4 record.malformed', '5 record.malformed'],
  '10.00',
);
test(
  'an empty object is a record',
  orders,
  `{}\n{"order_id":2,${TEN}`,
  ['1 amount.missing', '1 customer_id.missing', '1 date.missing', '1 order_id.missing'],
  '10.00',
);

// Strict JSON.
for (const [what, member] of [
  ['a trailing comma in an object', '"x":{"a":1,}'],
  ['a trailing comma in an array', '"x":[1,]'],
  ['NaN', '"x":NaN'],
  ['Infinity', '"x":-Infinity'],
  ['a single quote', "'x':1"],
  ['a bare name', 'x:1'],
  ['a leading zero', '"x":01'],
  ['a plus sign', '"x":+1'],
  ['a number that ends in a point', '"x":12.'],
  ['a number that begins with a point', '"x":.5'],
  ['an exponent without digits', '"x":1e'],
  ['a hexadecimal number', '"x":0x1'],
  ['a comment', '"x":1/**/'],
  ['an unknown escape', '"x":"\\x41"'],
  ['a short escape', '"x":"\\u12"'],
  ['a raw tab in a text', '"x":"\t"'],
  ['a no-break space between tokens', '"x":\u00a01'],
  ['a missing value', '"x":'],
  ['a missing colon', '"x" 1'],
  ['a wrong closer', '"x":[1}'],
  ['True', '"x":True'],
  ['undefined', '"x":undefined'],
  ['a raw NUL', '"x":"\0"'],
] as const) {
  test(`${what} is no JSON`, orders, `{${member},"order_id":1,${TEN}\n{"order_id":2,${TEN}`, BAD, '10.00');
}
test(
  'every legal value is JSON',
  orders,
  `{ "x" : [ "\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9" , -0.5E+3 , 1e-2, { } , [ ] , true , false , null ] ,\t"order_id":1,${TEN}`,
  [],
  '10.00',
);
test('values may nest deep', orders, `{"x":${'['.repeat(100_000)}${']'.repeat(100_000)},"order_id":1,${TEN}`, [], '10.00');

// Lone surrogates.
test('the escape of a lone high surrogate is malformed', orders, `{"x":"\\ud83d","order_id":1,${TEN}\n{"order_id":2,${TEN}`, BAD, '10.00');
test('the escape of a lone low surrogate is malformed', orders, `{"x":"\\uDE00","order_id":1,${TEN}\n{"order_id":2,${TEN}`, BAD, '10.00');
test(
  'a high surrogate before another high one is lone',
  orders,
  `{"x":"\\ud83d\\ud83d\\ude00","order_id":1,${TEN}\n{"order_id":2,${TEN}`,
  BAD,
  '10.00',
);
test('two low surrogates are both lone', orders, `{"x":"\\ude00\\ude00","order_id":1,${TEN}\n{"order_id":2,${TEN}`, BAD, '10.00');
test('a lone surrogate in a name is malformed', orders, `{"\\ud83d":1,"order_id":1,${TEN}\n{"order_id":2,${TEN}`, BAD, '10.00');
test('a lone surrogate deep inside is malformed', orders, `{"x":[{"y":"\\ud83d!"}],"order_id":1,${TEN}\n{"order_id":2,${TEN}`, BAD, '10.00');
test(
  'a lone surrogate in a value that does not count is malformed',
  orders,
  `{"x":"\\ud83d","x":1,"order_id":1,${TEN}\n{"order_id":2,${TEN}`,
  BAD,
  '10.00',
);
test('a lone surrogate costs its element, not the array', orders, `[{"x":"\\ud83d","order_id":1,${TEN},{"order_id":2,${TEN}]`, BAD, '10.00');
test('an object with a lone surrogate is an object', orders, `{"x":"\\ud83d","order_id":1,${TEN}`, BAD, '0.00');
test('a pair of escapes is a character', orders, `{"x":"\\ud83d\\ude00","order_id":1,${TEN}`, [], '10.00');
test('an escaped backslash before u is no escape', orders, `{"x":"\\\\ud83d","order_id":1,${TEN}`, [], '10.00');

// Names.
test('of a key given twice the last counts', orders, `{"amount":99,"order_id":1,${TEN}`, [], '10.00');
test(
  'of a key given twice the last counts, null too',
  orders,
  '{"order_id":1,"customer_id":1,"amount":99,"amount":null,"total":5,"date":"2024-02-01"}',
  [],
  '5.00',
);
test('an escaped name is the same name', orders, `{"order_id":1,"\\u0063ustomer_id":1,"amount":10,"date":"2024-02-01"}`, [], '10.00');
test('names are exact', orders, `{"Order_id":1,"order_id ":1,${TEN}`, ['1 order_id.missing'], '0.00');

// The record limit, and places.
test('a line above the limit is malformed', (t) => {
  const feed = `{"order_id":1,"x":"${'y'.repeat(300)}",${TEN}\n{"order_id":2,${TEN}`;
  const { rows, broken } = run({ orders: feed, limit: 300 });
  t.like(rows.orders, { read: 2, accepted: 1, rejected: 1 });
  t.like(broken, [{ record: 1, line: 1, rule: 'record.malformed' }]);
});
test('an element above the limit is malformed', (t) => {
  const { rows } = run({ orders: `[{"order_id":1,"x":"${'y'.repeat(300)}",${TEN},{"order_id":2,${TEN}]`, limit: 300 });
  t.like(rows.orders, { read: 2, accepted: 1, rejected: 1 });
});
test('blank lines are no records, and count as lines', (t) => {
  const { broken } = run({ orders: `\n\noops\n\n{"order_id":"x",${TEN}` });
  t.like(broken, [
    { record: 1, line: 3, key: null, column: null, rule: 'record.malformed' },
    { record: 2, line: 5, key: null, column: 'order_id', rule: 'order_id.invalid' },
  ]);
});
test('an element has the line on which it begins', (t) => {
  const { broken } = run({ orders: `[\n{"order_id":1,\n${TEN},\n\n 7,\n{\n"order_id":"x",${TEN}]` });
  t.like(broken, [
    { record: 2, line: 5, rule: 'record.malformed' },
    { record: 3, line: 6, rule: 'order_id.invalid' },
  ]);
});
