import { existsSync } from 'node:fs';
import { Jupyter } from './jupyter.ts';
import { fails, serially, value } from './kernel-test.ts';

serially('a call that nothing can stop is ended with its process, and the loss is said', async (t) => {
  await t.context.kernel.cell('const precious = 1;');
  const { reply } = await t.context.kernel.cell('console.log("on"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);', {
    interrupt_after: 'on',
  });
  t.is(reply.ename, 'Interrupted');
  t.regex(reply.evalue ?? '', /these are lost: .*precious.*Run their cells again|more\. Run their cells again/s);
  await fails(t, 'precious', 'CompileError', /Cannot find name 'precious'/);
  await value(t, '1 + 1', '2');
});

serially('a process that is killed is said so, and the next cell runs', async (t) => {
  await fails(t, 'process.kill(process.pid, "SIGKILL"); await new Promise(() => {});', 'KernelRestarted', /SIGKILL/);
  await value(t, '1 + 1', '2');
});

/** A type that takes the compiler twice as long with each step: a second for 16, many for 22. */
const slowToCompile = (steps: number) =>
  `type Slow<A, D extends 0[]> = D['length'] extends ${steps} ? A : Slow<[A, 0], [...D, 0]> | Slow<[A, 1], [...D, 0]>; let slow: Slow<1, []>;`;

serially('what is lost when the process ends between two cells is said', async (t) => {
  await t.context.kernel.cell('const between = 1; setTimeout(() => process.kill(process.pid, "SIGKILL"), 20);');
  t.regex((await t.context.kernel.ask('late', { until: 'Run their cells again' })) as string, /SIGKILL.*these are lost: .*between/);
  await value(t, '1 + 1', '2');
});

serially('a cell that the compiler cannot stomach is an error, and all variables stay', async (t) => {
  await t.context.kernel.cell('const stays = 1;');
  await fails(t, `1${' + 1'.repeat(60_000)}`, 'CompileError', /Cell \[\d+\].*Maximum call stack size exceeded/);
  await value(t, 'stays', '1');
});

serially('a cell that is interrupted while it is compiled does not begin, and all variables stay', async (t) => {
  await t.context.kernel.cell('const stayed = 1;');
  const { reply, stdout } = await t.context.kernel.cell(`${slowToCompile(16)} console.log("began");`, { interrupt_after: '' });
  t.is(reply.ename, 'Interrupted');
  t.is(stdout, '');
  await value(t, 'stayed', '1');
});

serially('a kernel that is shut down while it compiles ends at once, and its cells with it', async (t) => {
  const kernel = await Jupyter.start();
  const worker = Number(await kernel.value('console.log(process.pid); process.pid'));
  await kernel.ask('send', { code: slowToCompile(22) });
  t.deepEqual(await kernel.ask('shutdown'), { code: 0 });
  while (existsSync(`/proc/${worker}`)) await new Promise((done) => setTimeout(done, 50));
  kernel.close();
});

serially('a restart gives a fresh state', async (t) => {
  await t.context.kernel.cell('const gone = 1;');
  await t.context.kernel.ask('restart');
  await fails(t, 'gone', 'CompileError', /Cannot find name 'gone'/);
});

serially('16, 19: a kernel started in a folder outside of the project knows daybook, and ends when its parent is killed', async (t) => {
  t.timeout(120_000);
  const kernel = await Jupyter.start('/tmp');
  t.is(await kernel.value(`import { frameOf } from 'daybook'; frameOf([{ a: 1 }]).columns`), "[ 'a' ]");
  const worker = Number(await kernel.value('console.log(process.pid); process.pid'));
  await kernel.cell('setTimeout(() => { for (;;); }, 1);');
  kernel.killClient();
  while (existsSync(`/proc/${kernel.kernelPid}`) || existsSync(`/proc/${worker}`)) await new Promise((done) => setTimeout(done, 50));
  t.pass();
});

serially('a kernel that VS Code started ends when VS Code is killed, though nothing names its parent', async (t) => {
  t.timeout(120_000);
  const kernel = await Jupyter.start('/tmp', { names_parent: false });
  t.is(await kernel.value('process.env["JPY_PARENT_PID"] ?? "none"'), "'none'");
  const worker = Number(await kernel.value('console.log(process.pid); process.pid'));
  kernel.killClient();
  while (existsSync(`/proc/${kernel.kernelPid}`) || existsSync(`/proc/${worker}`)) await new Promise((done) => setTimeout(done, 50));
  t.pass();
});

serially('a kernel that is ended as VS Code ends it, the process of its cells first, leaves none behind', async (t) => {
  const kernel = await Jupyter.start();
  const worker = Number(await kernel.value('console.log(process.pid); process.pid'));
  process.kill(worker, 'SIGTERM');
  process.kill(kernel.kernelPid, 'SIGTERM');
  while (existsSync(`/proc/${worker}`)) await new Promise((done) => setTimeout(done, 50));
  t.deepEqual(await kernel.ask('shutdown'), { code: 0 });
  await kernel.close();
});
