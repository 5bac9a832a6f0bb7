import { createRequire } from 'node:module';
import type ts from 'typescript';
import { DaybookError } from '../../errors/index.ts';

/** Where messages are sent to. */
export interface Sender {
  send(frames: readonly (string | Buffer)[]): Promise<void>;
  close(): void;
}

/** A socket of zeromq, as far as a kernel uses it. */
export interface Socket extends Sender {
  sendHighWaterMark: number;
}

/** A message of tslab's server. */
export interface KernelMessage {
  readonly header: { readonly msg_id: string; msg_type: string; readonly session: string };
  content: Readonly<Record<string, unknown>>;
  createReply(): KernelMessage;
  signAndSend(key: string, socket: Sender): void;
}

/** What tslab's server asks of a kernel itself; other requests are overridden. */
export interface KernelHandler {
  handleKernel(): Readonly<Record<string, unknown>>;
  close(): void;
}

/** tslab's server of the protocol: it owns the sockets, checks signatures, and hands each request to a method. */
export interface TslabServer {
  readonly connInfo: { readonly key: string };
  iopub: Sender;
  shell: Sender;
  control: Sender;
  stdin: Sender;
  init(): Promise<void>;
  bindSocket(socket: Socket, port: number): Promise<void>;
  publishStatus(status: string, parent: KernelMessage): void;
  handleShellMessage(socket: Sender, ...frames: Buffer[]): Promise<void>;
  handleExecute(socket: Sender, message: KernelMessage): Promise<void>;
  handleIsComplete(socket: Sender, message: KernelMessage): void;
  handleComplete(socket: Sender, message: KernelMessage): void;
  handleInspect(socket: Sender, message: KernelMessage): void;
  handleCommInfoRequest(socket: Sender, message: KernelMessage): void;
  handleShutdown(socket: Sender, message: KernelMessage): void;
  close(): void;
}

/** The parts of tslab that the kernel stands on. */
export interface TslabParts {
  readonly Server: new (handler: KernelHandler, connectionFile: string) => TslabServer;
  readonly isCompleteCode: (code: string) => { readonly completed: boolean; readonly indent?: string };
  readonly printQuickInfo: (info: ts.QuickInfo) => string;
}

/** Stands for TypeScript where nothing is compiled. */
export const NO_COMPILER = { sys: {} };

/**
 * Loads tslab over a TypeScript that is given, in the place of the 5.0 that it brings.
 *
 * @param packageRoot the package that tslab is installed with
 * @param compiler the project's TypeScript, or NO_COMPILER on a thread that needs the server alone: then it need not be loaded there
 * @throws DaybookError `notebook.no-kernel` (69)
 */
export function loadTslab(packageRoot: string, compiler: typeof ts | typeof NO_COMPILER): TslabParts {
  try {
    const require = createRequire(`${packageRoot}/package.json`);
    const fromTslab = createRequire(require.resolve('tslab/package.json'));
    const place = fromTslab.resolve('@tslab/typescript-for-tslab');
    const stand = { id: place, filename: place, loaded: true, exports: compiler, children: [], paths: [] };
    require.cache[place] ??= stand as unknown as NodeJS.Module;
    const { ZmqServer } = require('tslab/dist/jupyter.js') as { ZmqServer: TslabParts['Server'] };
    const { isCompleteCode } = require('tslab/dist/converter.js') as Pick<TslabParts, 'isCompleteCode'>;
    const { printQuickInfo } = require('tslab/dist/inspect.js') as Pick<TslabParts, 'printQuickInfo'>;
    return { Server: ZmqServer, isCompleteCode, printQuickInfo };
  } catch (fault) {
    throw new DaybookError('notebook.no-kernel', { missing: 'tslab' }, { cause: fault });
  }
}

/** zeromq, which tslab brings. @throws DaybookError `notebook.no-kernel` (69) */
export function loadZeromq(packageRoot: string): unknown {
  try {
    const require = createRequire(`${packageRoot}/package.json`);
    return createRequire(require.resolve('tslab/package.json'))('zeromq');
  } catch (fault) {
    throw new DaybookError('notebook.no-kernel', { missing: 'zeromq' }, { cause: fault });
  }
}
