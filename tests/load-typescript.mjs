import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, threadId } from 'node:worker_threads';

// Every test file is a process that loads some hundred modules. tsx looks at each, those of packages too; here only TypeScript is
// touched, and what is resolved is what is written, as all imports name their file.
if (isMainThread) register(import.meta.url);

const CACHE = fileURLToPath(new URL('../node_modules/.cache/load-typescript', import.meta.url));

/** A loader hook of Node's: a TypeScript file as JavaScript, kept by its content. */
export async function load(url, context, nextLoad) {
  if (!/^file:.*\.tsx?$/.test(url) || url.includes('/node_modules/')) return nextLoad(url, context);
  const path = fileURLToPath(url);
  const text = readFileSync(path);
  const kept = join(CACHE, `${createHash('sha256').update(basename(path)).update(text).digest('hex')}.js`);
  return { format: 'module', shortCircuit: true, source: read(kept) ?? (await compile(path, text, kept)) };
}

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}

async function compile(path, text, kept) {
  const { transform } = await import('esbuild');
  const { code } = await transform(text, {
    loader: path.endsWith('x') ? 'tsx' : 'ts',
    jsx: 'automatic',
    target: 'node20',
    sourcemap: 'inline',
    sourcefile: basename(path),
  });
  mkdirSync(CACHE, { recursive: true });
  const whole = `${kept}.${process.pid}-${threadId}`;
  writeFileSync(whole, code);
  renameSync(whole, kept);
  return code;
}
