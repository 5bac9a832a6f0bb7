import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { ExecutionContext } from 'ava';

/** Compares a text with the one kept in a file. `DAYBOOK_UPDATE_GOLDEN=1` writes it instead. */
export function goldenFile(t: ExecutionContext, file: URL, text: string): void {
  if (process.env['DAYBOOK_UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  t.is(text, existsSync(file) ? readFileSync(file, 'utf8') : '');
}
