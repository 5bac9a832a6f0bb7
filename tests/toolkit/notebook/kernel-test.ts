import anyTest, { type ExecutionContext, type TestFn } from 'ava';
import { SLOW } from '../../slow.ts';
import { Jupyter } from './jupyter.ts';

type Context = ExecutionContext<{ kernel: Jupyter }>;
const test = anyTest as TestFn<{ kernel: Jupyter }>;
let shared: Jupyter;
test.before(async (t) => {
  t.timeout(180_000);
  shared = await Jupyter.start();
});
test.after.always(() => shared?.close());
test.beforeEach((t) => {
  t.context.kernel = shared;
});

/** A test that talks to the one kernel of its file through Jupyter's own client. Numbers are those of the faults of stock tslab in docs/decisions/0012. */
export const serially = SLOW ? test.serial : test.serial.skip;

/** The text of a cell's result. */
export const value = async (t: Context, code: string, expected: string | null) => t.is(await t.context.kernel.value(code), expected);

/** A cell that fails, with its error among its outputs. */
export const fails = async (t: Context, code: string, name: string, message: RegExp) => {
  const { reply, outputs } = await t.context.kernel.cell(code);
  t.is(reply.status, 'error');
  t.is(reply.ename, name);
  t.regex(reply.evalue ?? '', message);
  t.is(outputs.at(-1)?.type, 'error');
  return reply;
};
