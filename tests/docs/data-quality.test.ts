import { readFile } from 'node:fs/promises';
import test from 'ava';
import { type Rule, rulesOf } from 'daybook';
import customer360 from '../../toolkit/pipelines/customer-360/pipeline.ts';

const page = await readFile(new URL('../../docs/DATA-QUALITY.md', import.meta.url), 'utf8');

/** Per source, every rule of its contract as the page words it: code and severity. */
const contracts = Object.entries(customer360.sources).map(([source, { contract }]) => ({ source, rules: rulesOf(contract) }));
const worded = ({ code, severity, fixed }: Rule): string => `${code} | ${severity}${fixed ? ', fixed' : ''}`;

/** The rows of the table under a source's heading: code and severity. */
function documented(source: string): string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`\`${source}\``)) ?? '';
  return [...section.matchAll(/^\| `([a-z_]+\.[a-z_]+)` \| ([^|]+) \|/gm)].map(([, code, severity]) => `${code} | ${severity}`);
}

for (const { source, rules } of contracts) {
  test(`every rule of ${source} stands in the document with its severity, and no other`, (t) => {
    t.deepEqual(documented(source).sort(), rules.map(worded).sort());
  });
}

test('no rule is named anywhere in the document that does not exist', (t) => {
  const known = new Set(contracts.flatMap(({ source, rules }) => rules.flatMap(({ code }) => [code, `${source}.${code}`])));
  const suffixes = new Set([...known].map((code) => code.split('.').at(-1)));
  const named = [...page.matchAll(/\b(?:rules\.)?((?:[a-z_]+\.)+([a-z]+))\b/g)].flatMap(([, code = '', suffix]) =>
    suffixes.has(suffix) ? [code] : [],
  );
  t.true(named.length > contracts.length);
  t.deepEqual(
    [...new Set(named)].filter((code) => !known.has(code)),
    [],
  );
});
