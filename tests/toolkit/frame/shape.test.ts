import assert from 'node:assert/strict';
import test from 'ava';
import { frameOf, shape, shortShape, substring } from 'daybook';
import { shapeOfAny } from '../../../toolkit/frame/expr/text.ts';
import { manyTexts, textsOf } from '../contract/texts.ts';
import { holds, rowsOf } from './rows.ts';

test('the shape of a text is a sign a character: letters, digits and the rest', async (t) => {
  const texts = ['SW1A 1AA', 'Zoë-Ann', 'ΑΒγ', '£1,234.50', 'a\tb\u00a0c', '日本', '', 'x'.repeat(70), null];
  const rows = await rowsOf(frameOf(texts.map((text) => ({ text }))).derive((c) => ({ long: shape(c.text), short: shortShape(shape(c.text)) })));
  t.deepEqual(
    rows.map(({ long }) => long),
    ['AA9A 9AA', 'Aaa-Aaa', 'AAa', '*9,999.99', 'a a a', 'aa', '', 'a'.repeat(64), null],
  );
  t.deepEqual(
    rows.map(({ short }) => short),
    ['A+9A 9A+', 'Aa+-Aa+', 'A+a', '*9,9+.9+', 'a a a', 'a+', '', 'a+', null],
  );
});

test(
  'the shape of a text is the same by the short ways and by the long one, and of ASCII what JavaScript says it is',
  holds(
    manyTexts(textsOf('abzABZ019 .@-_', ['x'.repeat(70), `${'9'.repeat(60)}é${'9'.repeat(9)}`, 'jane.doe7@post.example', 'SW1A 1AA'], 70), 500),
    async (texts) => {
      const frame = frameOf(texts.map((text, i) => ({ i, text }))).orderby('i');
      const rows = await rowsOf(frame.derive(({ text }) => ({ short: shape(text), long: shapeOfAny(substring(text, 1, 64)) })));
      for (const [i, text] of texts.entries()) {
        assert.equal(rows[i]?.['short'], rows[i]?.['long'], JSON.stringify(text));
        if (/^[\0-\x7f]*$/.test(text)) assert.equal(rows[i]?.['short'], shapeOfAscii(text), JSON.stringify(text));
      }
    },
    4,
  ),
);
const shapeOfAscii = (text: string): string =>
  text
    .slice(0, 64)
    .replace(/[A-Z]/g, 'A')
    .replace(/[a-z]/g, 'a')
    .replace(/[0-9]/g, '9')
    .replace(/[\0-\x1f\x7f]/g, ' ');
