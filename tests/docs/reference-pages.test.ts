import { readFile } from 'node:fs/promises';
import test, { type ExecutionContext } from 'ava';
import { type Page, referencePages } from './reference-pages.ts';

async function isUpToDate(t: ExecutionContext, { path, text }: Page): Promise<void> {
  const committed = await readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
  t.is(committed, text, `${path} is stale: run \`npm run docs\` and commit it`);
}

for (const page of referencePages()) test(`${page.path} is what the code says`, isUpToDate, page);
