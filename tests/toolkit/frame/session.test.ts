import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { count, type DaybookError, type Frame, frameOf, keep, plus, Session, type SessionOptions, sum, times, toInteger } from 'daybook';

const opened = async (t: ExecutionContext, options: SessionOptions = {}): Promise<Session> => {
  const session = await Session.open({ threads: 2, ...options });
  t.teardown(() => session.close());
  return session;
};
const folderOf = (t: ExecutionContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-spill-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
const MB = 1 << 20;
/** 2,000 rows; each cross with them makes it that many times longer. */
const rows = frameOf(Array.from({ length: 2_000 }, (_, n) => ({ n })));
const named = <N extends string>(name: N) => rows.rename({ n: name } as { n: N }) as unknown as Frame<Record<N, number>>;
const four = (): Frame<{ n: number; m: number }> => rows.cross(named('m'));
/** Sixteen milliard rows: more than anyone waits for. */
const endless = () =>
  four()
    .cross(named('o'))
    .cross(named('p').slice(0, 2))
    .rollup((c) => ({ total: sum(times(plus(c.n, c.o), plus(c.m, 1))) }));

test.serial('what does not fit in memory is spilled to the folder, the answer is right, and the folder is empty afterwards', async (t) => {
  const folder = folderOf(t);
  const session = await opened(t, { memoryLimitBytes: 96 * MB, spillFolder: folder });
  const kept = await keep(
    session,
    four().derive((c) => ({ key: plus(times(c.n, 2_000), c.m) })),
    'wide',
  );
  const { spilledBytes } = await session.memory();
  const sums = await kept.frame
    .groupby('key')
    .rollup(() => ({ n: count() }))
    .rollup((c) => ({ keys: count(), rows: sum(c.n) }))
    .collect({ session });
  t.deepEqual(sums.objects(), [{ keys: 4_000_000, rows: 4_000_000 }]);
  t.true(spilledBytes > 0, 'nothing was spilled');
  session.close();
  t.deepEqual(readdirSync(folder), []);
});

test.serial('memory can be asked for while a statement runs', async (t) => {
  const controller = new AbortController();
  const session = await opened(t, { signal: controller.signal });
  let isRunning = true;
  const ended = t.throwsAsync(() => endless().collect({ session })).finally(() => (isRunning = false));
  const { spilledBytes } = await session.memory();
  t.true(isRunning);
  t.is(spilledBytes, 0);
  controller.abort();
  await ended;
});

test.serial('without a folder to spill to, what does not fit is refused, with the limit and the remedy', async (t) => {
  const session = await opened(t, { memoryLimitBytes: 40 * MB });
  const fault = await t.throwsAsync<DaybookError>(() =>
    keep(
      session,
      four()
        .derive((c) => ({ key: plus(times(c.n, 2_000), c.m), x: 'a text of some length' }))
        .orderby('x', 'key'),
      'wide',
    ),
  );
  t.is(fault?.code, 'engine.out-of-memory');
  t.regex(fault?.message ?? '', /limit 41943040 bytes/);
  t.is(fault?.cause, undefined);
});

const cancels = test.macro(async (t, run: (session: Session) => Promise<unknown>) => {
  const controller = new AbortController();
  const session = await opened(t, { signal: controller.signal });
  const ended = t.throwsAsync<DaybookError>(() => run(session));
  let abortedAt = 0;
  const timer = setTimeout(() => {
    abortedAt = performance.now();
    controller.abort();
  }, 300);
  t.teardown(() => clearTimeout(timer));
  t.is((await ended)?.code, 'run.cancelled');
  t.true(abortedAt > 0, 'it ended by itself');
  t.true(performance.now() - abortedAt < 2_000, 'it took too long to stop');
  t.is((await t.throwsAsync<DaybookError>(() => rows.count({ session })))?.code, 'run.cancelled');
});
test.serial('an abort ends a running collect within two seconds', cancels, (session) => endless().collect({ session }));
test.serial('an abort ends a running keep', cancels, (session) => keep(session, endless(), 'never'));
test.serial('an abort ends a count', cancels, (session) => endless().count({ session }));
test.serial('an abort ends batches between two of them', cancels, async (session) => {
  for await (const _ of four().cross(named('o')).batches({ session, rows: 1 })) await new Promise((resolve) => setImmediate(resolve));
});

for (const by of ['an abort', 'an interrupt'] as const)
  test.serial(`${by} never ends a stream as if it were whole`, async (t) => {
    for (let time = 0; time < 20; time++) {
      const controller = new AbortController();
      const session = await opened(t, { signal: controller.signal });
      setTimeout(() => (by === 'an abort' ? controller.abort() : void session.interrupt()), 5 + time);
      const read = async () => {
        for await (const { rowCount } of session.stream('SELECT range AS n FROM range(1000000000)')) t.true(rowCount > 0);
      };
      await t.throwsAsync(read, { code: 'run.cancelled' });
    }
  });

test.serial('an abort that comes before the engine has begun what it was given is not lost', async (t) => {
  for (let time = 0; time < 10; time++) {
    const controller = new AbortController();
    const session = await opened(t, { signal: controller.signal });
    const running = session.run('SELECT sum(a.range * b.range % 7) FROM range(1000000) a, range(1000000) b');
    controller.abort();
    await t.throwsAsync(running, { code: 'run.cancelled' });
  }
});

test('what was aborted before it began does not begin', async (t) => {
  const session = await opened(t, { signal: AbortSignal.abort() });
  t.is((await t.throwsAsync<DaybookError>(() => rows.collect({ session })))?.code, 'run.cancelled');
});

const SECRET = 'jane@example.com';
test('an error of the engine is worded without any value of a row', async (t) => {
  const session = await opened(t);
  const frame = frameOf([{ n: 3_000_000_000, email: SECRET }]).derive((c) => ({ n: toInteger(c.n) }));
  const fault = await t.throwsAsync<DaybookError>(() => frame.collect({ session }));
  t.like(fault, { code: 'engine.failed', message: 'The engine refused to collect a frame (Conversion Error).', cause: undefined });
  t.false(JSON.stringify([fault?.message, fault?.params, fault?.fix, fault?.stack]).includes('3000000000'));
});

const worded = test.macro(async (t, sql: string, kind: string) => {
  const session = await opened(t);
  const fault = await t.throwsAsync<DaybookError>(() => session.rows(sql, 'try it'));
  t.is(fault?.message, `The engine refused to try it (${kind}).`);
  t.false([fault?.message, fault?.fix, String(fault?.stack)].join().includes(SECRET));
});
test('a text that is no number', worded, `SELECT CAST('${SECRET}' AS INTEGER)`, 'Conversion Error');
test('a number out of range', worded, 'SELECT 9223372036854775807 + (SELECT 1::BIGINT)', 'Out of Range Error');
test('no such column', worded, `SELECT "${SECRET}" FROM (SELECT 1)`, 'Binder Error');
test('no such table', worded, `FROM "${SECRET}"`, 'Catalog Error');
test('no SQL at all', worded, `SELEKT '${SECRET}'`, 'Parser Error');
test('an error that a query raises itself', worded, `SELECT error('${SECRET}')`, 'Invalid Input Error');

test('with DAYBOOK_DEBUG=1 the engine’s own words stand as the cause', async (t) => {
  const session = await opened(t);
  process.env['DAYBOOK_DEBUG'] = '1';
  t.teardown(() => delete process.env['DAYBOOK_DEBUG']);
  const fault = await t.throwsAsync<DaybookError>(() => session.run(`SELECT CAST('x' AS INTEGER)`));
  t.regex(String(fault?.cause), /Could not convert string 'x'/);
});

test('a session that cannot be opened says so in our words', async (t) => {
  const fault = await t.throwsAsync<DaybookError>(() => Session.open({ threads: -1 }));
  t.is(fault?.code, 'engine.failed');
  t.regex(fault?.message ?? '', /^The engine refused to open a session/);
});

test.serial('a spill folder that cannot be written is a fault of the disk', async (t) => {
  const folder = folderOf(t);
  writeFileSync(join(folder, 'file'), '');
  const session = await opened(t, { memoryLimitBytes: 40 * MB, spillFolder: join(folder, 'file', 'below') });
  const fault = await t.throwsAsync<DaybookError>(() =>
    keep(
      session,
      four()
        .derive(() => ({ x: 'a text of some length' }))
        .orderby('x', 'm', 'n'),
      'wide',
    ),
  );
  t.is(fault?.code, 'engine.disk');
  t.is(fault?.place.file, join(folder, 'file', 'below'));
});

test('a spill folder is not made before it is needed', async (t) => {
  const folder = join(folderOf(t), 'spill');
  const session = await opened(t, { spillFolder: folder });
  t.is(await rows.count({ session }), 2_000);
  t.false(existsSync(folder));
});

test.serial('progress is a share of a hundred or not known', async (t) => {
  const session = await opened(t);
  t.is(session.progressPercent, null);
  const seen: (number | null)[] = [];
  const timer = setInterval(() => seen.push(session.progressPercent), 20);
  await keep(
    session,
    four()
      .cross(named('o').slice(0, 60))
      .rollup((c) => ({ total: sum(times(c.n, c.o)) })),
    'long',
  );
  clearInterval(timer);
  t.true(seen.length > 0);
  t.true(
    seen.every((percent) => percent === null || (percent >= 0 && percent <= 100)),
    String(seen),
  );
});

test('a session that was closed refuses in our words, and closes twice without harm', async (t) => {
  const session = await Session.open();
  session.close();
  session.close();
  t.is((await t.throwsAsync<DaybookError>(() => rows.collect({ session })))?.code, 'engine.failed');
});

test('names are fresh and what is done once is done once', async (t) => {
  const session = await opened(t);
  t.not(session.freshName('x'), session.freshName('x'));
  const key = {};
  let times = 0;
  const make = async () => (times += 1);
  t.deepEqual(await Promise.all([session.once(key, make), session.once(key, make)]), [1, 1]);
});
