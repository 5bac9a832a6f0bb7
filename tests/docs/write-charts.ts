import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { EXAMPLES } from '../toolkit/report/charts/examples.ts';

// the bytes of a PNG may differ from machine to machine: what tests hold to are the specifications beside the tests
const folder = fileURLToPath(new URL('../../docs/img/charts/', import.meta.url));
await mkdir(folder, { recursive: true });
for (const [name, make] of Object.entries(EXAMPLES)) {
  await (await make()).save(`${folder}${name}.png`);
  process.stdout.write(`wrote docs/img/charts/${name}.png\n`);
}
