import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DaybookError } from '../../toolkit/errors/index.ts';
import { Session } from '../../toolkit/frame/index.ts';
import { type Profile, type ProfileStep, profileFiles } from '../../toolkit/profile/index.ts';
import type { Context } from '../context.ts';
import { liveTerminal } from '../screens/live-terminal.ts';
import type { ProfileListener } from '../screens/profile-progress.tsx';

/** What the engine may hold: the rest goes to disk. With Node and the buffers of reading the whole stays below 500 MB. */
const MEMORY_BYTES = 160_000_000;
/** Each thread of the engine reads into buffers of its own. */
const THREADS = 2;
/** How often a line says what is done, where the work is long. */
const STEP_MS = 5000;

/** Profiles the files a person named, in an engine of its own with little memory and a folder to spill to. @throws DaybookError `usage.no-file`, `source.*`, `engine.*`, `run.cancelled` */
export async function profileNamed(files: readonly string[], values: boolean, context: Context): Promise<Profile> {
  const { cwd, signal } = context;
  const paths = files.map((file) => resolve(cwd, file));
  for (const path of paths) await requireFile(path);
  const folder = await mkdtemp(join(tmpdir(), 'daybook-profile-'));
  let session: Session | undefined;
  const listener = await listen(context);
  try {
    session = await Session.open({ memoryLimitBytes: MEMORY_BYTES, spillFolder: join(folder, 'spill'), threads: THREADS, signal });
    return await profileFiles(paths, { session, values, signal, onStep: listener.onStep, onBytes: listener.onBytes });
  } finally {
    await listener.stop();
    session?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Shows the steps on a terminal; elsewhere a line now and then. */
async function listen(context: Context): Promise<ProfileListener> {
  const stream = liveTerminal(context);
  if (stream !== null) return (await import('../screens/profile-progress.tsx')).liveProfile(context, stream);
  const { err, elapsedMs } = context;
  let told = elapsedMs();
  const onStep = ({ doing }: ProfileStep) => {
    if (elapsedMs() - told < STEP_MS) return;
    told = elapsedMs();
    err.lines(`Profiling: ${doing}`);
  };
  return { onStep, onBytes: () => {}, stop: async () => {} };
}

/** A path that is there; a pattern is resolved when it is read, and so is what may not be read. */
async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch((fault: NodeJS.ErrnoException) => (fault.code === 'ENOENT' || fault.code === 'ENOTDIR' ? null : undefined));
  if (found?.isDirectory()) throw new DaybookError('usage.no-file', { path, isFolder: true });
  if (found === null && !/[*?[{]/.test(path)) throw new DaybookError('usage.no-file', { path, isFolder: false });
}
