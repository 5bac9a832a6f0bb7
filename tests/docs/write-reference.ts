import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { referencePages } from './reference-pages.ts';

for (const { path, text } of referencePages()) {
  await writeFile(fileURLToPath(new URL(`../../${path}`, import.meta.url)), text);
  process.stdout.write(`wrote ${path}\n`);
}
