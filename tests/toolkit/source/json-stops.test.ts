import test from 'ava';
import { stops } from './room.ts';

const many = `${'{"id":1},\n'.repeat(2000)}`;
const broken = (name: string, feed: string, line: number) =>
  test(`an array that does not parse: ${name}`, stops, 'json', feed, 'source.bad-json', line);

broken('cut off', `[${many}{"id":1}`, 2001);
broken('cut off in a text', `[${many}{"id":"secret`, 2001);
broken('cut off after a comma', `[${many}`, 2001);
broken('a comma too many', `[${many}]`, 2001);
broken('a comma too few', `[\n${many}{"id":1}{"id":2}]`, 2002);
broken('text behind it', '[{"id":1}]\nsecret', 2);
broken('two arrays', '[{"id":1}]\n[{"id":2}]\n', 2);
broken('an element broken', '[{"id":1},\n{"id":secret},{"id":3}]', 2);
broken('NaN', '[{"id":NaN}]', 1);
broken('only the bracket', '[', 1);
broken('white space that JSON does not know before it', '\u00a0\n[{"id":1}]', 1);

test('an array of no object', stops, 'json', '\n[1,"secret"]', 'source.no-object', 2);
test('lines of no object', stops, 'json', '<html>secret\n</html>', 'source.no-object', 1);
test('a CSV', stops, 'json', 'id,a\n1,secret\n', 'source.no-object', 1);
test('one object over many lines', stops, 'json', '{\n"id":1,\n"a":"secret"\n}\n', 'source.no-object', 1);
test('UTF-16', stops, 'json', Buffer.from('\ufeff{"id":1,"a":"secret"}\n', 'utf16le'), 'source.not-utf8', null);
test('UTF-16 without a mark', stops, 'json', Buffer.from('{"id":1,"a":"secret"}\n', 'utf16le'), 'source.not-utf8', null);
test('an array in UTF-16 without a mark', stops, 'json', Buffer.from('[{"id":1}]\n', 'utf16le').swap16(), 'source.not-utf8', null);
test('Latin-1', stops, 'json', Buffer.from('{"id":1}\n{"id":2,"a":"secr\u00e9t"}\n', 'latin1'), 'source.not-utf8', 2);
test('binary', stops, 'json', Buffer.from('1f8b0800ff', 'hex'), 'source.binary', null);
