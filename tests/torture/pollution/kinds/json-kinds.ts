import type { Kind } from '../kind.ts';
import { jsonBroken } from './json-broken.ts';
import { jsonFiles } from './json-files.ts';
import { jsonLines } from './json-lines.ts';
import { jsonValues } from './json-values.ts';

/** Every way in which a feed is polluted, lines and arrays. */
export const jsonKinds: readonly Kind[] = [...jsonValues, ...jsonBroken, ...jsonLines, ...jsonFiles];
