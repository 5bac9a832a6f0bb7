import test from 'ava';
import { reads } from './room.ts';

const H = 'id,a,b\n';

// Legal.
test('columns come in any order', reads, 'b,id,a\ny,1,x\n', [[2, '1|x|y']]);
test('an extra column is ignored', reads, 'id,extra,a,b\n1,e,x,y\n', [[2, '1|x|y']]);
test('header names are exact after trim, in quotes or not', reads, ' id\t,\u00a0a,"b"\n1,x,y\n', [[2, '1|x|y']]);
test('a header may span lines', reads, '"ex\ntra",id,a,b\ne,1,x,y\n', [[3, '1|x|y']]);
test('a byte order mark is accepted', reads, '\ufeff"id",a,b\n1,x,y\n', [[2, '1|x|y']]);
test('blank lines before the header count as lines', reads, '\r\n\n\rid,a,b\n1,x,y\n', [[5, '1|x|y']]);
test('a header without records gives none', reads, H, []);
test('a header without a line end gives none', reads, 'id,a,b', []);
test('separators and quotes stand inside quotes', reads, `${H}1,"x,""z""",""""\n`, [[2, '1|x,"z"|"']]);
test('line ends inside quotes are kept and counted', reads, `${H}1,"x\r\nz\rw",y\n2,p,q\n`, [
  [2, '1|x\r\nz\rw|y'],
  [5, '2|p|q'],
]);
test('records end in CRLF', reads, 'id,a,b\r\n1,x,y\r\n2,p,q', [
  [2, '1|x|y'],
  [3, '2|p|q'],
]);
test('records end in CR', reads, 'id,a,b\r1,x,y\r2,p,q\r', [
  [2, '1|x|y'],
  [3, '2|p|q'],
]);
test('line ends are mixed', reads, 'id,a,b\r\n1,x,y\r2,p,q\n3,r,s\r\n4,t,u', [
  [2, '1|x|y'],
  [3, '2|p|q'],
  [4, '3|r|s'],
  [5, '4|t|u'],
]);
test('a header in CRLF stands over records in LF', reads, 'id,a,b\r\n1,x,y\n2,p,q\n', [
  [2, '1|x|y'],
  [3, '2|p|q'],
]);
test('a trailing separator is one more, empty field', reads, `${H}1,x,\n2,p,`, [
  [2, '1|x|'],
  [3, '2|p|'],
]);
test('blank lines are skipped and counted', reads, `${H}\n1,x,y\n\r\n\r2,p,q\n\n`, [
  [3, '1|x|y'],
  [6, '2|p|q'],
]);
test('characters of two, three and four bytes pass', reads, `${H}1,é€,😀\n2,\u2028,ß`, [
  [2, '1|é€|😀'],
  [3, '2|\u2028|ß'],
]);
test('texts that other readers take for null, a comment or a number stay texts', reads, `${H}#1,NULL,007\n`, [[2, '#1|NULL|007']]);
test('space around a text stays', reads, `${H} 1 ,\tx,y \n`, [[2, ' 1 |\tx|y ']]);

// Malformed on one line.
test('too few fields', reads, `${H}1,x\n2,p,q\n`, [
  [2, null],
  [3, '2|p|q'],
]);
test('too many fields', reads, `${H}1,x,y,z\n2,p,q\n`, [
  [2, null],
  [3, '2|p|q'],
]);
test('a trailing separator too many', reads, `${H}1,x,y,\n2,p,q\n`, [
  [2, null],
  [3, '2|p|q'],
]);
test('a line with a space', reads, `${H} \n1,x,y\n`, [
  [2, null],
  [3, '1|x|y'],
]);
test('text after a closing quote', reads, `${H}1,"x"z,y\n2,p,q\n`, [
  [2, null],
  [3, '2|p|q'],
]);
test('a space after a closing quote', reads, `${H}1,"x" ,y\n2,p,q\n`, [
  [2, null],
  [3, '2|p|q'],
]);
test('a quote inside an unquoted field', reads, `${H}1,x"z,y\n2,p,q\n`, [
  [2, null],
  [3, '2|p|q'],
]);
test('a quote after a space', reads, `${H}1, "x",y\n2,p,q\n`, [
  [2, null],
  [3, '2|p|q'],
]);
test('a pair of quotes inside an unquoted field', reads, `${H}1,x"z"w,y\n2,p,q\n`, [
  [2, null],
  [3, '2|p|q'],
]);
test('a NUL character', reads, `${H}1,x\0,y\n2,p,q\n`, [
  [2, null],
  [3, '2|p|q'],
]);
test('a NUL character in an extra column', reads, 'id,a,b,e\n1,x,y,\0\n2,p,q,\n', [
  [2, null],
  [3, '2|p|q'],
]);
test('a NUL character in quotes', reads, `${H}1,"\0",y\n2,p,q\n`, [
  [2, null],
  [3, '2|p|q'],
]);
test(
  'a record one byte above the limit',
  reads,
  `${H}1,x,yyyyyyy\n2,p,yyyyyy\n`,
  [
    [2, null],
    [3, '2|p|yyyyyy'],
  ],
  10,
);
test(
  'a record above the limit in bytes, not in characters',
  reads,
  `${H}1,x,éééé\n2,p,ééé\n`,
  [
    [2, null],
    [3, '2|p|ééé'],
  ],
  11,
);
test(
  'a record far above the limit',
  reads,
  `${H}1,x,${'y'.repeat(5000)}\n2,p,q\n`,
  [
    [2, null],
    [3, '2|p|q'],
  ],
  10,
);
test(
  'a record far above the limit that ends the file',
  reads,
  `${H}2,p,q\n1,x,${'é'.repeat(5000)}`,
  [
    [2, '2|p|q'],
    [3, null],
  ],
  10,
);
test('the first and the last record', reads, `${H}1\n2,p,q\n3`, [
  [2, null],
  [3, '2|p|q'],
  [4, null],
]);
test('two neighbours count as two', reads, `${H}1,x\n2,p\n3,r,s\n`, [
  [2, null],
  [3, null],
  [4, '3|r|s'],
]);
test('nothing but malformed records', reads, `${H}1\r2\r3`, [
  [2, null],
  [3, null],
  [4, null],
]);
test('malformed records in CRLF', reads, 'id,a,b\r\n1,x\r\n2,p,q\r\n', [
  [2, null],
  [3, '2|p|q'],
]);

// Malformed over several lines: the first line alone.
test('a stray quote at the start of a field', reads, `${H}1,"x,y\n2,p,"q"\n3,r,s\n`, [
  [2, null],
  [3, '2|p|q'],
  [4, '3|r|s'],
]);
test('a stray quote that another line closes wrongly', reads, `${H}1,"x\n2,p,q\n3,r"s,t\n4,u,v\n`, [
  [2, null],
  [3, '2|p|q'],
  [4, null],
  [5, '4|u|v'],
]);
test('another number of fields over two lines', reads, `${H}1,"x\nz"\n2,p,q\n`, [
  [2, null],
  [3, null],
  [4, '2|p|q'],
]);
test('a NUL over two lines', reads, `${H}1,"x\n\0",y\n2,p,q\n`, [
  [2, null],
  [3, null],
  [4, '2|p|q'],
]);
test(
  'above the limit over lines',
  reads,
  `${H}1,"x\n${'z'.repeat(20)}",y\n2,p,q\n`,
  [
    [2, null],
    [3, null],
    [4, '2|p|q'],
  ],
  15,
);
test(
  'far above the limit over lines',
  reads,
  `${H}1,"x\n${'z\r\n'.repeat(2000)}z",y\n2,p,q\n`,
  [[2, null], ...Array.from({ length: 2000 }, (_, i) => [3 + i, null] as const), [2003, null], [2004, '2|p|q']],
  15,
);
test('a blank line inside a malformed record is no record', reads, `${H}1,"x\n\n2,p,q",z"\n3,r,s\n`, [
  [2, null],
  [4, null],
  [5, '3|r|s'],
]);
test('a stray quote before CR, CRLF and LF', reads, 'id,a,b\r1,x",y\r\n2,p,q\n3,"r\r4,t,"u"\n', [
  [2, null],
  [3, '2|p|q'],
  [4, null],
  [5, '4|t|u'],
]);

// Quotes that were lost and re-balance.
test('a neighbour is not swallowed', reads, `${H}1,"x,y\n2,p,q\n3,r",s\n`, [
  [2, null],
  [3, '2|p|q'],
  [4, null],
]);
test('two neighbours are not swallowed', reads, `${H}1,"x,y\n2,p,q\n3,"r",s\n4,t",u\n`, [
  [2, null],
  [3, '2|p|q'],
  [4, '3|r|s'],
  [5, null],
]);
test('a neighbour with a key in space is not swallowed', reads, `${H}1,"x\n \u00a02 ,p,q\nz",y\n`, [
  [2, null],
  [3, ' \u00a02 |p|q'],
  [4, null],
]);
test('a neighbour with a key in quotes is not swallowed', reads, `${H}1,"x\n"2",p,q\nz",y\n`, [
  [2, null],
  [3, '2|p|q'],
  [4, null],
]);
test('a neighbour with doubled quotes is not swallowed', reads, `${H}1,"x\n2,"",q\nz",y\n`, [
  [2, null],
  [3, '2||q'],
  [4, null],
]);
test('a neighbour before CR is not swallowed', reads, `${H}1,"x\r2,p,q\rz",y\n`, [
  [2, null],
  [3, '2|p|q'],
  [4, null],
]);
test('the key is looked for in its own column', reads, 'a,b,id\nx,"y\np,q,2\nz",1\n', [
  [2, null],
  [3, '2|p|q'],
  [4, null],
]);
test('a line whose key is no key is text', reads, `${H}1,"x\nk,p,q\nz",y\n`, [[2, '1|x\nk,p,q\nz|y']]);
test('a line whose key is digits in another script is text', reads, `${H}1,"x\n٢,p,q\nz",y\n`, [[2, '1|x\n٢,p,q\nz|y']]);
test('a line with an empty key is text', reads, `${H}1,"x\n,p,q\nz",y\n`, [[2, '1|x\n,p,q\nz|y']]);
test('a line of another width is text', reads, `${H}1,"x\n2,p\n2,p,q,r\nz",y\n`, [[2, '1|x\n2,p\n2,p,q,r\nz|y']]);
test('a line with a stray quote is text', reads, `${H}1,"as,\nagreed",y\n1,x,"z\n2,p,q"\n`, [
  [2, '1|as,\nagreed|y'],
  [4, '1|x|z\n2,p,q'],
]);
