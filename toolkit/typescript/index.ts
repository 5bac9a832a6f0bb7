import { register } from 'node:module';
import { register as registerTsx } from 'tsx/esm/api';

/**
 * A file is an ES module as it is written, also in a folder whose package.json does not say `"type": "module"`: by way of CommonJS it
 * would bring a second copy of the toolkit, whose frames are none to the first.
 */
const AS_WRITTEN = `export async function resolve(name, context, next) {
  const found = await next(name, context);
  return found.format?.startsWith('commonjs') && /\\.tsx?(?:[?#]|$)/.test(found.url) ? { ...found, format: 'module' } : found;
}`;

let isAsWritten = false;

/** Lets `import` load TypeScript as it is written. The function that comes back ends it. */
export function registerTypeScript(): () => Promise<void> {
  const unregister = registerTsx();
  if (!isAsWritten) register(`data:text/javascript,${encodeURIComponent(AS_WRITTEN)}`);
  isAsWritten = true;
  return unregister;
}
