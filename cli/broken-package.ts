const PACKAGE = String.raw`((?:@[^/'"\s]+/)?[^/'"\s]+)`;
const NOT_THERE = new RegExp(`^Cannot find (?:module|package) '${PACKAGE}[^']*'`);
const IN_FOLDER = new RegExp(`^.*node_modules/${PACKAGE}/`);

interface LoadFault {
  readonly code?: unknown;
  readonly message: string;
  /** Where the package `bindings` has looked for a native module. */
  readonly tries?: readonly string[];
}

/** The package that could not be loaded: it is missing, or was built for another machine. Null where that is not the fault. */
export function brokenPackage(fault: unknown): string | null {
  if (!(fault instanceof Error)) return null;
  const { code, message, tries } = fault as LoadFault;
  if (tries) return IN_FOLDER.exec(tries[0] ?? '')?.[1] ?? null;
  if (code === 'ERR_DLOPEN_FAILED') return IN_FOLDER.exec(message)?.[1] ?? null;
  const name = code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND' ? NOT_THERE.exec(message)?.[1] : undefined;
  return name === undefined || name.startsWith('.') ? null : name;
}
