import test from 'ava';
import { stops } from './room.ts';

const H = 'id,a,b\n';
const long = (times: number) => `${H}${'1,x,y\n'.repeat(times)}`;

test('no byte', stops, 'csv', '', 'source.empty', null);
test('blank lines alone', stops, 'csv', '\n\r\n\r', 'source.empty', null);
test('a byte order mark alone', stops, 'csv', '\ufeff', 'source.empty', null);

test('a missing column is named', async (t) => {
  const fault = await stops(t, 'csv', 'id,c\nsecret,x\n', 'source.missing-column', 1);
  t.is(fault?.message, 'The columns "a", "b" of "any" are missing.');
});
test('a name in another case is another name', stops, 'csv', 'ID,a,b\n1,x,y\n', 'source.missing-column', 1);
test('semicolons are told', async (t) => {
  const fault = await stops(t, 'csv', '\nid;a;b\n1;secret;y\n', 'source.missing-column', 2);
  t.regex(fault?.message ?? '', /separated by semicolons/);
});
test('tabs are told', async (t) => {
  const fault = await stops(t, 'csv', 'id\ta\tb\n1\tx\ty\n', 'source.missing-column', 1);
  t.regex(fault?.message ?? '', /separated by tabs/);
});
test('a needed name twice', stops, 'csv', 'id,a,b, a \n1,x,y,secret\n', 'source.duplicate-column', 1);
test('a header with text after a quote', stops, 'csv', '"id"x,a,b\n1,x,y\n', 'source.bad-header', 1);
test('a header with a quote inside', stops, 'csv', 'id,a"secret,b\n1,x,y\n', 'source.bad-header', 1);
test('an endless header', stops, 'csv', `id,${'a'.repeat(5000)}`, 'source.bad-header', 1);

test('a quote open in the header', stops, 'csv', '\nid,a,"b\n1,x,y\n', 'source.open-quote', 2);
test('a quote open in the last record', stops, 'csv', `${H}1,x,y\n2,p,"secret`, 'source.open-quote', 3);
test('a quote open on a later line of its record', stops, 'csv', `${H}1,"x\nz","secret\n2,p,q\n`, 'source.open-quote', 3);
test('a quote open after a malformed record', stops, 'csv', `${H}1,x\n2,"p,q\n3,r,s\n`, 'source.open-quote', 3);
test('a quote open far beyond the limit', stops, 'csv', `${H}1,x,y\n2,"p\nz","q\n${'3,r,s\n'.repeat(3000)}`, 'source.open-quote', 4);
test('a quote open beyond the limit in the header', stops, 'csv', `id,"${'a\n'.repeat(3000)}`, 'source.open-quote', 1);

const utf16 = (text: string, bom = true) => Buffer.from((bom ? '\ufeff' : '') + text, 'utf16le');
const named = (name: string, content: Uint8Array, line: number | null) =>
  test(`not UTF-8: ${name}`, async (t) => {
    const fault = await stops(t, 'csv', content, 'source.not-utf8', line);
    t.true(fault?.message.includes(name.split(',')[0] as string));
  });
named('UTF-16, little end first', utf16(long(3)), null);
named('UTF-16, big end first', utf16(long(3)).swap16(), null);
named('UTF-16, without a mark', utf16(long(3), false), null);
named('UTF-16, without a mark, an emoji in it', utf16(`${long(20)}2,\u{1f600},q\n`, false), null);
named('Latin-1, in a record', Buffer.from(`${H}1,x,y\n2,Zo\u00eb,q\n`, 'latin1'), 3);
named('Latin-1, in the header', Buffer.from('id,a,b,Stra\u00dfe\n', 'latin1'), 1);
named('Latin-1, far down', Buffer.concat([Buffer.from(long(5000)), Buffer.from('1,caf\u00e9,y\n', 'latin1')]), 5002);
named('Latin-1, in a record too long', Buffer.from(`${H}1,${'x'.repeat(9000)}\u00e9\n`, 'latin1'), 2);
named('Latin-1, a character cut off at the end', Buffer.from(`${H}1,x,é`).subarray(0, -1), 2);

test('binary', stops, 'csv', Buffer.from([0x89, 0x50, 0, 1, 2, 0xff, 3, 4, 5, 6, 7, 8]), 'source.binary', null);
test('a workbook is told', async (t) => {
  const fault = await stops(t, 'csv', Buffer.from('504b030414000600ff', 'hex'), 'source.binary', null);
  t.regex(fault?.message ?? '', /Excel workbook/);
});
test('NUL in the header', stops, 'csv', 'id,a,b\0\n1,x,y\n', 'source.binary', null);
