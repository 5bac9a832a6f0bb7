import { DaybookError } from '../../errors/index.ts';

/** A failure of the file system in reading a source, by what the system calls it. */
export function readFault(fault: unknown, source: string, path: string): unknown {
  if (fault instanceof DaybookError) return fault;
  const { code, syscall } = (fault ?? {}) as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return fault;
  const options = { cause: fault };
  if (code === 'ENOENT' || code === 'ENOTDIR') return new DaybookError('source.not-found', { source, path }, options);
  if (code === 'EISDIR') return new DaybookError('source.folder', { source, path }, options);
  if (code === 'EACCES' || code === 'EPERM') return new DaybookError('source.not-permitted', { source, path }, options);
  return new DaybookError('source.unreadable', { source, path, reason: code }, options);
}

/** A failure in writing a working copy. */
export function scratchFault(fault: unknown, path: string): unknown {
  if (fault instanceof DaybookError) return fault;
  const { code, syscall } = (fault ?? {}) as NodeJS.ErrnoException;
  return code === undefined || syscall === undefined ? fault : new DaybookError('source.scratch-failed', { path, reason: code }, { cause: fault });
}
