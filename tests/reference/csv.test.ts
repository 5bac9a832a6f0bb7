import test from 'ava';
import { csv, gives, reads, run } from './room.ts';

const H = 'id,a,b\n';

// Legal files.
test('columns come in any order', reads, 'b,id,a\ny,1,x\n', [[2, '1|x|y']]);
test('an extra column is ignored', reads, 'id,extra,a,b\n1,e,x,y\n', [[2, '1|x|y']]);
test('an extra column given twice is ignored', reads, 'id,e,a,b,e\n1,e,x,y,e\n', [[2, '1|x|y']]);
test('a field may hold a quoted comma', reads, `${H}1,"x,z",y\n`, [[2, '1|x,z|y']]);
test('a quote is doubled inside', reads, `${H}1,"x ""z""",y\n`, [[2, '1|x "z"|y']]);
test('a quoted field may be one quote', reads, `${H}1,"""",y\n`, [[2, '1|"|y']]);
test('a quoted field may be empty', reads, `${H}1,"",y\n`, [[2, '1||y']]);
test('a field may hold a newline', reads, `${H}1,"x\nz",y\n`, [[2, '1|x\nz|y']]);
test('a field may hold CRLF and CR, kept as they are', reads, `${H}1,"x\r\nz\rw",y\n2,p,q\n`, [
  [2, '1|x\r\nz\rw|y'],
  [5, '2|p|q'],
]);
test('records end in CRLF', reads, 'id,a,b\r\n1,x,y\r\n2,p,q\r\n', [
  [2, '1|x|y'],
  [3, '2|p|q'],
]);
test('records end in CR', reads, 'id,a,b\r1,x,y\r2,p,q\r', [
  [2, '1|x|y'],
  [3, '2|p|q'],
]);
test('line ends may be mixed, each counts as one', reads, 'id,a,b\r\n1,x,y\r2,p,q\n3,r,s', [
  [2, '1|x|y'],
  [3, '2|p|q'],
  [4, '3|r|s'],
]);
test('the last record needs no line end', reads, `${H}1,x,y`, [[2, '1|x|y']]);
test('a quoted last field may end the file', reads, `${H}1,x,"y"`, [[2, '1|x|y']]);
test('a trailing separator is one more, empty, field', reads, `${H}1,x,\n`, [[2, '1|x|']]);
test('a trailing separator at the end of the file is an empty field', reads, `${H}1,x,`, [[2, '1|x|']]);
test('a trailing separator too many makes another number of fields', reads, `${H}1,x,y,\n`, [[2, null]]);
test('a line without any character is skipped and is no record', reads, `${H}\n1,x,y\n\r\n\r2,p,q\n`, [
  [3, '1|x|y'],
  [6, '2|p|q'],
]);
test('a line with a space is a record', reads, `${H} \n1,x,y\n`, [
  [2, null],
  [3, '1|x|y'],
]);
test('a header without records goes on', reads, H, []);
test('a header without a line end goes on', reads, 'id,a,b', []);

// The header.
test('the header is the first line with a character', reads, '\r\n\n\rid,a,b\n1,x,y\n', [[5, '1|x|y']]);
test('header names are exact after trim', reads, ' id\t,\u00a0a, b \n1,x,y\n', [[2, '1|x|y']]);
test('header names may be quoted', reads, '"id","a","b"\n1,x,y\n', [[2, '1|x|y']]);
test('a header may span lines, and the lines still count', reads, '"ex\ntra",id,a,b\ne,1,x,y\n', [[3, '1|x|y']]);
test('a BOM is accepted', reads, '\ufeffid,a,b\n1,x,y\n', [[2, '1|x|y']]);
test('a BOM before a quote is accepted', reads, '\ufeff"id",a,b\n1,x,y\n', [[2, '1|x|y']]);
test('a BOM inside a file is a character', reads, `${H}1,\ufeffx,y\n`, [[2, '1|\ufeffx|y']]);
test('every file has its own header and numbers', (t) => {
  const second = 'status,customer_id,first_name,last_name,email,phone,postcode,company,registration_date\nactive,x,A,B,a@b.co,,,,\n';
  const { broken } = run({ crm: [csv('crm', {}, {}), second] });
  t.like(broken.at(-1), { file: 'crm-2', record: 1, line: 2 });
  t.like(broken[0], { file: 'crm-1', record: 1, line: 2, rule: 'customer_id.duplicate' });
});

// Malformed records, and reading on.
test('too few fields are malformed, the rest is kept', reads, `${H}1,x\n2,p,q\n`, [
  [2, null],
  [3, '2|p|q'],
]);
test('too many fields are malformed', reads, `${H}1,x,y,z\n2,p,q\n`, [
  [2, null],
  [3, '2|p|q'],
]);
test('text after a closing quote is malformed', reads, `${H}1,"x"z,y\n2,p,q\n`, [
  [2, null],
  [3, '2|p|q'],
]);
test('a space after a closing quote is text', reads, `${H}1,"x" ,y\n2,p,q\n`, [
  [2, null],
  [3, '2|p|q'],
]);
test('a quote inside an unquoted field is malformed', reads, `${H}1,x"z,y\n2,p,q\n`, [
  [2, null],
  [3, '2|p|q'],
]);
test('a quote after a space is inside an unquoted field', reads, `${H}1, "x",y\n2,p,q\n`, [
  [2, null],
  [3, '2|p|q'],
]);
test('a NUL character is malformed', reads, `${H}1,x\0,y\n2,p,q\n`, [
  [2, null],
  [3, '2|p|q'],
]);
test('a NUL in an extra column is malformed', reads, 'id,a,b,e\n1,x,y,\0\n2,p,q,\n', [
  [2, null],
  [3, '2|p|q'],
]);
test('a record of exactly the limit is kept', reads, `${H}1,x,yyyyyy\n`, [[2, '1|x|yyyyyy']], 10);
test(
  'a record above the limit is malformed',
  reads,
  `${H}1,x,yyyyyyy\n2,p,q\n`,
  [
    [2, null],
    [3, '2|p|q'],
  ],
  10,
);
test(
  'the limit counts bytes',
  reads,
  `${H}1,x,éééé\n2,p,q\n`,
  [
    [2, null],
    [3, '2|p|q'],
  ],
  11,
);
test('the line end is no part of the record', reads, `${H}1,x,yyyyyy\r\n`, [[2, '1|x|yyyyyy']], 10);
test('a malformed record over lines costs its first line alone', reads, `${H}1,"x\n2,p,q\n3,r"s,t\n4,u,v\n`, [
  [2, null],
  [3, '2|p|q'],
  [4, null],
  [5, '4|u|v'],
]);
test('a wrong width over lines costs its first line alone', reads, `${H}1,"x\nz"\n2,p,q\n`, [
  [2, null],
  [3, null],
  [4, '2|p|q'],
]);
test('a NUL over lines costs its first line alone', reads, `${H}1,"x\n\0",y\n2,p,q\n`, [
  [2, null],
  [3, null],
  [4, '2|p|q'],
]);
test(
  'a long record over lines costs its first line alone',
  reads,
  `${H}1,"x\n2,p\nzzzzzzzzz",y\n3,r,s\n`,
  [
    [2, null],
    [3, null],
    [4, null],
    [5, '3|r|s'],
  ],
  15,
);
test('each of two broken neighbours counts', reads, `${H}1,x\n2,p\n3,r,s\n`, [
  [2, null],
  [3, null],
  [4, '3|r|s'],
]);
test('a blank line after a malformed first line is skipped', reads, `${H}1,"x\n\n2,p,q",z"\n3,r,s\n`, [
  [2, null],
  [4, null],
  [5, '3|r|s'],
]);
test('a stray quote costs one line, CR and CRLF too', reads, 'id,a,b\r1,x",y\r\n2,p,q\r', [
  [2, null],
  [3, '2|p|q'],
]);
test('malformed: key and column are null, and it is the only rule', (t) => {
  const { broken } = run({ crm: `${csv('crm', {})}x,y\n` });
  t.deepEqual(broken, [{ source: 'crm', file: 'crm-1', record: 2, line: 3, key: null, rule: 'record.malformed', column: null, severity: 'reject' }]);
});

// The guard against re-balanced quotes.
test('quotes that were lost and re-balance do not swallow a neighbour', reads, `${H}1,"x,y\n2,p,q\n3,r",s\n`, [
  [2, null],
  [3, '2|p|q'],
  [4, null],
]);
test('a record of the right width holding a whole record is treated the same', reads, `${H}1,x,"y\n2,p,q\nz"\n3,r,s`, [
  [2, null],
  [3, '2|p|q'],
  [4, null],
  [5, '3|r|s'],
]);
test('a line with a key that does not read as a key is no whole record', reads, `${H}1,"x\nk,p,q\nz",y\n`, [[2, '1|x\nk,p,q\nz|y']]);
test('a line with an empty key is no whole record', reads, `${H}1,"x\n,p,q\nz",y\n`, [[2, '1|x\n,p,q\nz|y']]);
test('a line of another width is no whole record', reads, `${H}1,"x\n2,p\n2,p,q,r\nz",y\n`, [[2, '1|x\n2,p\n2,p,q,r\nz|y']]);
test('a line with a stray quote is no whole record', reads, `${H}1,"as,\nagreed",y\n1,x,"z\n2,p,q"\n`, [
  [2, '1|as,\nagreed|y'],
  [4, '1|x|z\n2,p,q'],
]);
test('a key with space around it reads as a key', reads, `${H}1,"x\n 2 ,p,q\nz",y\n`, [
  [2, null],
  [3, ' 2 |p|q'],
  [4, null],
]);
test('a whole record with doubled quotes is one', reads, `${H}1,"x\n2,"",q\nz",y\n`, [
  [2, null],
  [3, '2||q'],
  [4, null],
]);
test('a whole record ended by CR is one', reads, `${H}1,"x\r2,p,q\rz",y\n`, [
  [2, null],
  [3, '2|p|q'],
  [4, null],
]);
test('the key of the guard is looked for in its own column', reads, 'a,b,id\nx,"y\np,q,2\nz",1\n', [
  [2, null],
  [3, '2|p|q'],
  [4, null],
]);
test(
  'a domain reads as a key where it is not empty',
  gives,
  { companies: 'domain,company_size,industry,annual_revenue\na.example,"x\nb.example,p,q,r\nz",y,w\n' },
  'companies',
  ['1 record.malformed', '3 record.malformed'],
);
test(
  'an empty domain does not read as a key',
  gives,
  { companies: 'domain,company_size,industry,annual_revenue\na.example,"x\n ,p,q,r\nz",y,w\n' },
  'companies',
  [],
);
test('a CRM key of letters does not read as a key', gives, { crm: csv('crm', { company: 'x\na,b,c,d,e,f,g,h,i\nz' }) }, 'crm', []);
test('a CRM key of digits does', gives, { crm: csv('crm', { company: 'x\n7,b,c,d,e,f,g,h,i\nz' }) }, 'crm', [
  '1 record.malformed',
  '2 email.invalid',
  '2 phone.invalid',
  '2 postcode.invalid',
  '2 registration_date.invalid',
  '2 status.unexpected',
  '3 record.malformed',
]);
