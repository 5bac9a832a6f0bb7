import { showBy } from '../../display/displayers.ts';
import type { RunMessage, WorkerPlace } from '../session/messages.ts';
import { faultOf } from './faults.ts';
import { Interrupted, Interrupts } from './interrupts.ts';
import { Modules } from './modules.ts';
import { captureStreams, tell } from './outputs.ts';
import { type Bench, runCell, shown } from './run-cell.ts';
import { Stacks } from './stacks.ts';
import { newStore } from './store.ts';
import { serveTslab } from './tslab-display.ts';

/** `process.exit` in a cell: the cell ends, the kernel does not. */
class ExitCalled extends Error {
  override readonly name = 'ExitCalled';
}

const INTERRUPT = Symbol.for('daybook.interrupt');

captureStreams();
// What the cells' own copy of the toolkit is working out stops too.
const interrupts = new Interrupts(async () => (globalThis as { [INTERRUPT]?: () => Promise<void> })[INTERRUPT]?.());
const stacks = new Stacks();
stacks.install();
interrupts.guardTimers();
const uncaught: unknown[] = [];
let bench: Bench | null = null;
let isRunning = false;
let queue: Promise<void> = Promise.resolve();

function onUncaught(fault: unknown): void {
  if (fault instanceof Interrupted) return;
  if (isRunning) uncaught.push(fault);
  else {
    const { name, message, stack } = faultOf(fault, '');
    process.stderr.write(`${[`${name}: ${message}`, ...stack].join('\n')}\n`);
  }
}

process.on('uncaughtException', onUncaught);
process.on('unhandledRejection', onUncaught);
// The terminal sends its Ctrl-C to all; what is to be interrupted comes by its own way.
process.on('SIGINT', () => {});
process.exit = (code) => {
  const fault = new ExitCalled(`process.exit(${code ?? ''}) was called. The cell ends here; the kernel and all variables stay.`);
  if (isRunning) uncaught.push(fault);
  throw fault;
};

showBy(async (value) => tell({ kind: 'display', data: await shown(value), metadata: {}, displayId: null, isUpdate: false }));

async function run(message: RunMessage): Promise<void> {
  isRunning = true;
  await runCell(message, bench as Bench);
  isRunning = false;
}

process.on('message', (message: RunMessage | ({ readonly kind: 'place' } & WorkerPlace)) => {
  if (message.kind === 'place') {
    bench = { store: newStore(), interrupts, stacks, uncaught, modules: new Modules(message, serveTslab) };
    tell({ kind: 'ready' });
  } else queue = queue.then(() => run(message));
});
