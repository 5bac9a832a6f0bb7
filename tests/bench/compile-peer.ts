import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const PEERS = fileURLToPath(new URL('peers/', import.meta.url));
const COMPILED = fileURLToPath(new URL('../../node_modules/.cache/daybook-bench/', import.meta.url));

/** Compiles the TypeScript peers, so that no loader is measured with them; gives the path of one. */
export function compilePeer(name: string): string {
  mkdirSync(COMPILED, { recursive: true });
  const compilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
  for (const file of readdirSync(PEERS)) {
    if (file.endsWith('.sql')) cpSync(join(PEERS, file), join(COMPILED, file));
    if (!file.endsWith('.ts')) continue;
    const { outputText } = ts.transpileModule(readFileSync(join(PEERS, file), 'utf8'), { compilerOptions });
    writeFileSync(join(COMPILED, file.replace(/\.ts$/, '.mjs')), outputText.replaceAll(/(from '\.\/[^']+)\.ts'/g, "$1.mjs'"));
  }
  return join(COMPILED, name.replace(/\.ts$/, '.mjs'));
}
