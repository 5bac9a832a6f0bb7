import { access, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { engineShare } from '../../../toolkit/run/engine-share.ts';
import { engineThreads } from '../../../toolkit/run/engine-threads.ts';
import type { RunDocument } from '../../../toolkit/run/index.ts';
import { Meter } from '../../../toolkit/run/meter.ts';
import { openLedger, statePaths } from '../../../toolkit/state/index.ts';
import { type Files, generated, RunFolder } from '../../run-in-folder.ts';
import { otherProgram } from '../warehouse/raw-sqlite.ts';

const FILES: Files = generated(500, 7);
const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
const csv = (name: string, ...lines: string[]) => ({ name, bytes: Buffer.from(`${lines.join('\n')}\n`) });
const CRM_HEADER = 'customer_id,first_name,last_name,email,phone,postcode,company,registration_date,status';

async function inFolder(files: Files, work: (folder: RunFolder) => Promise<void>): Promise<void> {
  const folder = await RunFolder.make(files);
  try {
    await work(folder);
  } finally {
    await folder.remove();
  }
}

test('a plain run leaves every key of its document filled', (t) =>
  inFolder(FILES, async (folder) => {
    const { document } = await folder.run();
    t.is(document.status, 'succeeded');
    t.regex(document.runId ?? '', /^\d{8}T\d{6}Z-[0-9a-f]{6}$/);
    t.deepEqual(Object.keys(document.rows).sort(), ['companies', 'crm', 'orders', 'postcodes', 'support']);
    t.deepEqual(
      document.steps.filter((step) => step.ms < 0 || step.cpuMs < 0 || step.startMs < 0 || step.peakBytes <= 0 || step.spilledBytes < 0),
      [],
    );
    t.deepEqual(
      document.steps.map((step) => step.name).filter((name) => !/^(read|check) /.test(name)),
      ['write rejects', 'spend', 'contact', 'customers', 'publish'],
    );
    t.is(document.load['customer_enriched']?.inserted, 500);
  }));

test('with a limit of memory the engine gets no more threads than cores, and none that has too little', (t) => {
  const threads = (limitBytes: number, cores: number) => engineThreads(engineShare(limitBytes), cores);
  t.deepEqual([threads(512e6, 8), threads(1e9, 8), threads(1e9, 1), threads(16e9, 8)], [1, 2, 1, 8]);
});

test('a step’s figures hold the most that was spilled while it worked, however short it was', async (t) => {
  const seen = [5, 9, 2];
  const probed: (() => void)[] = [];
  const meter = new Meter({
    emit: () => {},
    startedMs: performance.now(),
    spilledBytes: async () => {
      probed.shift()?.();
      return seen.shift() ?? 0;
    },
  });
  const looked = () => new Promise<void>((resolve) => probed.push(resolve));
  const work = async () => ({ rows: { rowsIn: 1, rowsOut: 1 }, value: undefined });
  await meter.step({ name: 'long', rows: 1 }, async () => {
    await looked();
    await looked();
    return work();
  });
  seen.push(7);
  await meter.step({ name: 'short', rows: null }, work);
  t.deepEqual(
    meter.figures.map(({ name, spilledBytes }) => [name, spilledBytes]),
    [
      ['long', 9],
      ['short', 7],
    ],
  );
  const [long, short] = meter.figures;
  t.true((short?.startMs ?? 0) >= (long?.startMs ?? 0) + (long?.ms ?? 0));
});

/** Tickets as a CSV, written in a way of its own. */
const tickets = (write: (...records: string[]) => string) =>
  Buffer.from(write('ticket_id,customer_ref,issue_type,priority,created_date', ...[1, 2, 3].map((id) => `${id},${id},billing,low,2024-01-02`)));
const lines = (...records: string[]) => `${records.join('\n')}\n`;
const PLAIN: readonly Parameters<typeof tickets>[0][] = [
  lines,
  (...records) => records.join('\r\n'),
  (...records) => `\ufeff${lines(...records)}`,
  (header, ...records) => lines(`${header},notes`, ...records.map((record) => `${record},"two\n""lines"", and a comma"`)),
  (header = '') => header,
];
const COPIED: readonly Parameters<typeof tickets>[0][] = [
  (...records) => records.join('\r'),
  (header, ...records) => `${header}\r\n${lines(...records)}`,
  (...records) => lines(...records, ''),
  (...records) => lines(...records, '4,4,billing'),
  (...records) => lines(...records).replace('2,2', '2,2\0'),
];

/** How the files of every source were read, several of them tickets. */
async function waysOf(files: readonly Parameters<typeof tickets>[0][]): Promise<RunDocument['sources']> {
  const folder = await RunFolder.make(FILES);
  try {
    for (const [i, write] of files.entries()) await writeFile(join(folder.dir, 'in', `tickets-${i}.csv`), tickets(write));
    const set = ['quality.gates=off', `sources.support=${join(folder.dir, 'in', 'tickets-*.csv')}`];
    return (await folder.run({ mode: 'validate', set })).document.sources;
  } finally {
    await folder.remove();
  }
}

test('the document says that clean files of all kinds were read as they are, and JSON written anew', async (t) => {
  const { support, orders } = await waysOf(PLAIN);
  const bytes = PLAIN.reduce((sum, write) => sum + tickets(write).length, 0);
  t.deepEqual(support, { files: PLAIN.length, bytes, plain: PLAIN.length, copied: 0, rewritten: 0 });
  t.deepEqual(orders, { files: 1, bytes: FILES.orders.bytes.length, plain: 0, copied: 0, rewritten: 1 });
});

test('the document says that files with something malformed or odd in them were copied', async (t) => {
  const { support } = await waysOf([...COPIED, lines]);
  t.like(support, { files: COPIED.length + 1, plain: 1, copied: COPIED.length, rewritten: 0 });
});

test('the document of a run that stopped says how the files were read until then', (t) =>
  inFolder({ ...FILES, support: csv('support.csv', 'no,such,header') }, async (folder) => {
    const { document } = await folder.run();
    t.is(document.error?.code, 'source.missing-column');
    t.deepEqual(Object.keys(document.sources), ['crm', 'orders']);
  }));

test('rejects are readable by their owner alone, and the scratch folder is gone', (t) =>
  inFolder(FILES, async (folder) => {
    const { document } = await folder.run();
    t.is((await stat(document.artefacts.rejects ?? '')).mode & 0o777, 0o600);
    t.deepEqual(await readdir(join(folder.state, 'tmp')), []);
  }));

for (const mode of ['validate', 'dry-run'] as const) {
  test(`${mode} checks everything and makes no warehouse`, (t) =>
    inFolder(FILES, async (folder) => {
      const { document } = await folder.run({ mode });
      t.is(document.status, 'succeeded');
      t.is(document.rows['crm']?.accepted, 500);
      t.deepEqual(document.load, mode === 'validate' ? {} : { customer_enriched: { inserted: 500, updated: 0, unchanged: 0, deleted: 0 } });
      t.false(await exists(folder.warehouse));
    }));
}

test('a trial on the first records publishes nothing and is not judged', (t) =>
  inFolder(FILES, async (folder) => {
    const { document } = await folder.run({ limit: 40, set: ['quality.maxRejectedPercent=0'] });
    t.is(document.status, 'succeeded');
    t.is(document.rows['crm']?.read, 40);
    t.is(document.rows['orders']?.read, 40);
    t.deepEqual([document.gates, document.load], [[], {}]);
    t.false(await exists(folder.warehouse));
  }));

const gate = test.macro((t, set: string[], failed: string) =>
  inFolder(FILES, async (folder) => {
    await folder.run();
    const before = await folder.rows();
    const { document } = await folder.run({ set });
    t.is(document.status, 'refused');
    t.is(document.error?.code, 'run.gate-failed');
    t.deepEqual(
      document.gates.filter((it) => !it.passed).map((it) => it.name),
      [failed],
    );
    t.not(document.artefacts.rejects, null);
    t.deepEqual(await folder.rows(), before);
  }),
);
test('a gate on rejected records that fails loads nothing', gate, ['quality.perSource.crm.maxRejectedPercent=0.5'], 'crm.maxRejectedPercent');
test('a gate on least rows that fails loads nothing', gate, ['quality.perSource.support.minRows=100000'], 'support.minRows');

test('a drop against the last good run is judged by source', (t) =>
  inFolder(FILES, async (folder) => {
    await folder.run();
    await folder.put(generated(100, 7).crm);
    const { document } = await folder.run({ set: ['quality.perSource.crm.maxDropPercent=30'] });
    t.deepEqual(
      document.gates.filter((it) => !it.passed).map((it) => it.name),
      ['crm.maxDropPercent'],
    );
  }));

test('a severity from configuration changes what is refused', (t) =>
  inFolder(FILES, async (folder) => {
    const plain = (await folder.run({ mode: 'validate' })).document;
    const strict = (
      await folder.run({ mode: 'validate', set: ['quality.gates=off', 'rules.crm.email.invalid=reject', 'rules.crm.phone.invalid=off'] })
    ).document;
    t.is(strict.rules['crm']?.['email.invalid'], plain.rules['crm']?.['email.invalid']);
    t.true((strict.rows['crm']?.rejected ?? 0) > (plain.rows['crm']?.rejected ?? 0));
    t.is(strict.rules['crm']?.['phone.invalid'], 0);
  }));

test('a header without records is no failure', (t) =>
  inFolder(
    { ...FILES, crm: csv('crm.csv', CRM_HEADER), support: csv('support.csv', 'ticket_id,customer_ref,issue_type,priority,created_date') },
    async (folder) => {
      const { document } = await folder.run();
      t.is(document.status, 'succeeded');
      t.is(document.rows['crm']?.read, 0);
    },
  ));

test('an extra column is told and ignored', (t) =>
  inFolder(
    { ...FILES, crm: csv('crm.csv', `${CRM_HEADER},shoe_size`, '1,Ann,Lee,ann@example.com,07700900001,SW1A 1AA,,2020-01-01,active,7') },
    async (folder) => {
      const { document, events } = await folder.run();
      t.is(document.rows['crm']?.accepted, 1);
      t.deepEqual(
        events.flatMap((event) => (event.type === 'schema-drift' && event.source === 'crm' ? [event.columns] : [])),
        [['shoe_size']],
      );
    },
  ));

test('a total that a double cannot hold to the penny stops the run and changes nothing', (t) =>
  inFolder(FILES, async (folder) => {
    await folder.run();
    const before = await folder.rows();
    const lines = Array.from({ length: 9_100 }, (_, i) =>
      JSON.stringify({ order_id: i + 1, customer_id: before[0]?.['customer_id'], amount: 9999999999.99, date: '2025-01-01' }),
    );
    await folder.put(csv('orders.ndjson', ...lines));
    const { document } = await folder.run();
    t.is(document.error?.code, 'run.total-too-large');
    t.is(document.status, 'refused');
    t.deepEqual(await folder.rows(), before);
  }));

test('two runs of one pipeline at once: the second is refused and the first succeeds', (t) =>
  inFolder(FILES, async (folder) => {
    const [first, second] = await Promise.all([folder.run(), folder.run()]);
    t.deepEqual([first.document.status, second.document.status].sort(), ['failed', 'succeeded']);
    const refused = [first, second].find(({ document }) => document.status === 'failed');
    t.is(refused?.document.error?.code, 'state.locked');
    t.is(refused?.document.runId, null);
  }));

test('a cancelled run publishes nothing and says so', (t) =>
  inFolder(FILES, async (folder) => {
    const { document } = await folder.run({ signal: AbortSignal.abort() });
    t.is(document.status, 'cancelled');
    t.is(document.error?.code, 'run.cancelled');
    t.is((await folder.run()).document.status, 'succeeded');
  }));

test('a run that publishes nothing leaves an audit row where the warehouse can take one', (t) =>
  inFolder(FILES, async (folder) => {
    await folder.run();
    await folder.put(csv('crm.csv', 'customer_id,first_name'));
    const { document } = await folder.run();
    t.is(document.error?.code, 'source.missing-column');
    t.is(document.error?.source, 'crm');
    const { publishedRows } = await import('../../../toolkit/warehouse/index.ts');
    const audit = await publishedRows(folder.warehouse, 'enrichment_audit');
    t.deepEqual(
      audit.map((row) => [row['status'], row['error']]),
      [
        ['succeeded', null],
        ['refused', 'source.missing-column'],
      ],
    );
  }));

test('what is told after a run was written down is in its record as well', (t) =>
  inFolder(FILES, async (folder) => {
    t.deepEqual((await folder.run()).document.notices, []);
    await folder.put(csv('crm.csv', 'customer_id,first_name'));
    const other = await otherProgram(folder.warehouse);
    await other.exec('BEGIN IMMEDIATE');
    const { document } = await folder.run();
    await other.close();
    t.deepEqual(document.notices, [{ code: 'warehouse.locked', message: 'The warehouse could not take an audit row of this run.' }]);
    t.deepEqual((await openLedger(statePaths(folder.state)).find('latest')).document, document);
  }));

test('a warehouse that is no database stops the run before anything is read', (t) =>
  inFolder(FILES, async (folder) => {
    await writeFile(folder.warehouse, 'not a database at all, but long enough to be looked at as one'.repeat(20));
    const { document, events } = await folder.run();
    t.is(document.error?.code, 'warehouse.not-a-database');
    t.false(events.some((event) => event.type === 'source-read'));
  }));
