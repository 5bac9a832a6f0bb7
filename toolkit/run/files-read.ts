import type { Extract } from '../source/index.ts';
import type { FilesRead } from './document.ts';
import type { Job } from './job.ts';

/** How the files of each source were read, as far as the run came. What a service answered is no file. */
export function filesRead({ extracts, services }: Pick<Job, 'extracts' | 'services'>): Record<string, FilesRead> {
  return Object.fromEntries([...extracts].filter(([name]) => !services.has(name)).map(([name, { files }]) => [name, countsOf(files)]));
}

function countsOf(files: Extract['files']): FilesRead {
  const by = (way: Extract['files'][number]['pathTaken']) => files.filter(({ pathTaken }) => pathTaken === way).length;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { files: files.length, bytes, plain: by('plain'), copied: by('copied'), rewritten: by('rewritten') };
}
