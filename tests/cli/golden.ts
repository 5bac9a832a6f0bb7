import type { ExecutionContext } from 'ava';
import { goldenFile } from '../golden-file.ts';

/** Compares a text with the one kept under golden/. `DAYBOOK_UPDATE_GOLDEN=1` writes it instead. */
export const golden = (t: ExecutionContext, name: string, text: string): void => goldenFile(t, new URL(`golden/${name}.txt`, import.meta.url), text);
