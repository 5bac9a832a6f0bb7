import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { bytes } from '../render/numbers.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

const LITTLE = 1_000_000_000;
const TOO_LITTLE = 50_000_000;

/** Whether a folder that exists can be written to and has room. */
export async function checkFolder(check: string, path: string): Promise<Finding> {
  const isWritable = await access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable)
    return { ...fail(check, `This user may not write to "${path}".`, 'Give the user that runs Daybook the right to write there.'), exit: 77 };
  const free = await statfs(path).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );
  if (free !== null && free < TOO_LITTLE) return fail(check, `Only ${bytes(free)} are free where "${path}" lies.`, 'Free disk space.');
  if (free !== null && free < LITTLE) return warn(check, `Only ${bytes(free)} are free where "${path}" lies.`, 'Free disk space before a large run.');
  return ok(check, `"${path}" can be written to${free === null ? '' : `, ${bytes(free)} free`}`);
}

/** The state folder: there, its owner's alone, writable. */
export async function checkState(dir: string): Promise<Finding> {
  const found = await stat(dir).catch(() => null);
  if (found === null) return warn('state.dir', `"${dir}" is not there yet.`, 'The first run makes it; or run `daybook doctor --fix`.');
  if (!found.isDirectory())
    return { ...fail('state.dir', `"${dir}" is no folder.`, 'Remove what stands there, or set "state.dir" elsewhere.'), exit: 73 };
  if ((found.mode & 0o077) !== 0) return warn('state.dir', `"${dir}" can be read by others; it holds personal data.`, `Run \`chmod 700 ${dir}\`.`);
  return checkFolder('state.dir', dir);
}
