import { DaybookError } from '../errors/index.ts';

const NOT_PERMITTED = new Set(['EACCES', 'EPERM', 'EROFS']);
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const IN_THE_WAY = new Set(['ENOENT', 'ENOTDIR', 'EEXIST', 'EISDIR', 'ENAMETOOLONG', 'ELOOP', 'ENOTEMPTY']);

/**
 * Words a failure of the file system: 77 no permission, 74 disk full or failing, 73 cannot be created.
 * What is no failure of the file system comes back as it is: throw what this returns.
 *
 * @param doing an infinitive for the sentence: "write the record"
 */
export function fileFault(fault: unknown, doing: string, path: string): unknown {
  const code = fault instanceof DaybookError ? undefined : (fault as NodeJS.ErrnoException | null)?.code;
  if (typeof code !== 'string' || !/^E[A-Z0-9]+$/.test(code)) return fault;
  const options = { cause: fault };
  if (NOT_PERMITTED.has(code)) return new DaybookError('state.not-permitted', { doing, path }, options);
  if (FULL.has(code)) return new DaybookError('state.disk-full', { doing, path }, options);
  if (IN_THE_WAY.has(code)) return new DaybookError('state.cannot-create', { doing, path }, options);
  return new DaybookError('state.io', { doing, path, code }, options);
}

/** Does work on files; its failures come out worded. @throws DaybookError `state.*` as in `fileFault` */
export async function guarded<T>(doing: string, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (fault) {
    throw fileFault(fault, doing, path);
  }
}
