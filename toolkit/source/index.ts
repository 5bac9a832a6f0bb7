export { objectTexts } from './json/texts.ts';
export { type Located, Places } from './places.ts';
export { type ReadFileOptions, read, SourceFrame } from './read.ts';
export { readCsv } from './read-csv.ts';
export { readJson } from './read-json.ts';
export type { Misplaced, RecordContent, RecordTexts, Replacement, Replacements } from './replacements.ts';
export { resolveFiles } from './resolve-files.ts';
export type { Extract, Malformed, MalformedReason, RawRow, ReadOptions, SourceFile, SourceShape } from './shape.ts';
