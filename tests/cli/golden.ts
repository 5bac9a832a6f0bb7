import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';

/** Compares a text with the one kept under golden/. `DAYBOOK_UPDATE_GOLDEN=1` writes it instead. */
export function golden(t: ExecutionContext, name: string, text: string): void {
  const file = fileURLToPath(new URL(`golden/${name}.txt`, import.meta.url));
  if (process.env['DAYBOOK_UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  t.is(text, existsSync(file) ? readFileSync(file, 'utf8') : '');
}
