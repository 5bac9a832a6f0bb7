import { NotebookSession, type SessionOptions } from '../session/notebook-session.ts';
import { handlerOf } from './handler.ts';
import { kernelServer } from './kernel-server.ts';
import { loadTslab } from './tslab-parts.ts';

const LOOK_AFTER_PARENT_MS = 1000;
/** A client asks for the kernel's name first; what the compiler needs most is read after that, while a person looks. */
const WARM_AFTER_MS = 200;

/**
 * Serves one notebook by the Jupyter protocol until it is shut down or its parent is gone.
 *
 * @param options where the notebook runs, and the file that says where Jupyter connects
 * @throws DaybookError `notebook.no-kernel` (69)
 */
export async function startKernel({ connectionFile, ...options }: SessionOptions & { readonly connectionFile: string }): Promise<void> {
  const tslab = loadTslab(options.packageRoot);
  // tslab warns of requests that it does not know; they are answered beside it.
  console.warn = () => {};
  const session = new NotebookSession({ ...options, onLateOutput: (output) => server.late(output) });
  const stop = () => process.exit(0);
  const Server = kernelServer(
    tslab,
    () => session,
    () => void session.close().then(stop),
  );
  const server = new Server(handlerOf(session, tslab, warmOnce(session)), connectionFile);
  process.on('SIGINT', () => session.interrupt());
  process.on('SIGTERM', () => server.close());
  endWithParent(() => server.close());
  await server.init();
}

/** What is called each time that a client asks for the kernel's name. */
function warmOnce({ compiler }: NotebookSession): () => void {
  let isAsked = false;
  return () => {
    if (!isAsked) setTimeout(() => compiler.warm(), WARM_AFTER_MS);
    isAsked = true;
  };
}

/** Jupyter says who started the kernel; when that is gone the kernel has nobody to serve. */
function endWithParent(end: () => void): void {
  if (!process.env['JPY_PARENT_PID']) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    end();
  }, LOOK_AFTER_PARENT_MS);
  timer.unref();
}
