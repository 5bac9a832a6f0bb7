import { kernelInfo } from './kernel-info.ts';
import { kernelServer } from './kernel-server.ts';
import type { KernelPlace } from './session-messages.ts';
import { SessionThread } from './session-thread.ts';
import { loadTslab, NO_COMPILER } from './tslab-parts.ts';

const LOOK_AFTER_PARENT_MS = 1000;

/**
 * Serves one notebook by the Jupyter protocol until it is shut down or its parent is gone.
 *
 * @param options where the notebook runs, and the file that says where Jupyter connects
 * @throws DaybookError `notebook.no-kernel` (69)
 */
export async function startKernel({ connectionFile, ...place }: KernelPlace & { readonly connectionFile: string }): Promise<void> {
  const tslab = loadTslab(place.packageRoot, NO_COMPILER);
  // tslab warns of requests that it does not know; they are answered beside it.
  console.warn = () => {};
  const session = new SessionThread(place, (output) => server.late(output));
  const Server = kernelServer(tslab, session, () => process.exit(0));
  const server = new Server({ handleKernel: kernelInfo, close() {} }, connectionFile);
  process.on('SIGINT', () => session.interrupt());
  process.on('SIGTERM', () => server.close());
  endWithParent(() => server.close());
  await server.init();
}

/** When the program that started the kernel is gone, the kernel has nobody to serve. */
function endWithParent(end: () => void): void {
  // JPY_PARENT_PID is not asked for: Jupyter sets it, VS Code does not.
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    end();
  }, LOOK_AFTER_PARENT_MS);
  timer.unref();
}
