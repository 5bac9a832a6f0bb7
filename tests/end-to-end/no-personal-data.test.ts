import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { daybook as inThisProcess } from '../cli/scene.ts';
import { daybook } from '../daybook-process.ts';
import { type Files, generated, RunFolder, SOURCES } from '../run-in-folder.ts';

/** What is planted: an address, a name, a phone number and a postcode that nothing else holds. */
const ADDRESS = 'planted.person@zyxomma.example';
const MARKS = ['zyxomma', 'planted.person', 'Quistopher', '07700900876'];
const CRM = 'customer_id,first_name,last_name,email,phone,postcode,company,registration_date,status';
const NUL = '\0';

/** Every field holds the address, every rule is broken, and every kind of malformed record is there. */
const FILES: Files = {
  ...generated(20, 1),
  crm: file(
    'crm.csv',
    CRM,
    `1,Quistopher,${ADDRESS},${ADDRESS},07700900876,${ADDRESS},${ADDRESS},${ADDRESS},${ADDRESS}`,
    `1,${ADDRESS},Quistopher,${ADDRESS} x,${ADDRESS},${ADDRESS},${ADDRESS},2020-02-31,${ADDRESS}`,
    `${ADDRESS},${ADDRESS},${ADDRESS},${ADDRESS},${ADDRESS},${ADDRESS},${ADDRESS},${ADDRESS},${ADDRESS}`,
    ',,,,,,,,',
    '2,,,,,,,,',
    `3,${ADDRESS}`,
    `4,"${ADDRESS}" ${ADDRESS},a,b,c,d,e,f,g`,
    `5,${ADDRESS}"x,a,b,c,d,e,f,g`,
    `6,${ADDRESS}${NUL},a,b,c,d,e,f,g`,
  ),
  orders: file(
    'orders.ndjson',
    JSON.stringify({ order_id: ADDRESS, customer_id: ADDRESS, amount: ADDRESS, date: ADDRESS, [ADDRESS]: ADDRESS }),
    JSON.stringify({ order_id: 1, customer_id: 999, amount: -5, date: ADDRESS }),
    JSON.stringify({ order_id: 1, cust_id: 1, total: 5, order_date: null, note: ADDRESS }),
    '{}',
    `{"order_id": "${ADDRESS}`,
    `"${ADDRESS}"`,
    `{"order_id": 2, "note": "${ADDRESS} \\ud800"}`,
  ),
  support: file(
    'support.csv',
    'ticket_id,customer_ref,issue_type,priority,created_date',
    `${ADDRESS},${ADDRESS},${ADDRESS},${ADDRESS},${ADDRESS}`,
    `1,999,${ADDRESS},${ADDRESS},${ADDRESS}`,
    '1,1,,,',
    ',,,,',
  ),
  postcodes: file(
    'postcodes.csv',
    'outcode,region,country,district,latitude,longitude',
    `${ADDRESS},${ADDRESS},${ADDRESS},${ADDRESS},${ADDRESS},${ADDRESS}`,
    ',,,,,',
  ),
  companies: file('companies.csv', 'domain,company_size,industry,annual_revenue', `${ADDRESS},${ADDRESS},${ADDRESS},${ADDRESS}`, ',,,'),
};

/** Rules of the lookups and of whole records that these files cannot break. */
const NOT_BROKEN = [
  'support.record.malformed',
  'postcodes.record.malformed',
  'postcodes.outcode.duplicate',
  'companies.record.malformed',
  'companies.domain.duplicate',
];

function file(name: string, ...lines: string[]) {
  return { name, bytes: Buffer.from(`${lines.join('\n')}\n`) };
}

/** Every file below a folder but the rejects and their corrections, with its bytes as text. */
async function bytesBelow(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    if (/(rejects\.parquet|corrections\.ndjson)$/.test(name) || !(await stat(path)).isFile()) continue;
    found.set(path, await readFile(path, 'latin1'));
  }
  return found;
}

test('no planted address leaves the warehouse and the rejects: not in state, logs, screens, documents or errors', async (t) => {
  const folder = await RunFolder.make(FILES);
  const set = [
    ...SOURCES.map((source) => `sources.${source}=${join(folder.dir, 'in', folder.names.get(source) ?? '')}`),
    `warehouse.path=${folder.warehouse}`,
    `state.dir=${folder.state}`,
    'log.level=debug',
  ].flatMap((it) => ['--set', it]);
  const off = ['--set', 'quality.gates=off'];
  const said: string[] = [];
  const run = async (expected: number | null, ...args: string[]) => {
    const { code, out, err } = await inThisProcess([...args, ...set]);
    if (expected !== null) t.is(code, expected, `${args.join(' ')}: ${err}`);
    said.push(out, err);
  };
  /** A process of its own may say more than the command: what the engine, Node and its modules write. */
  const runApart = async (expected: number | null, ...args: string[]) => {
    const { code, stdout, stderr } = await daybook([...args, ...set], { env: { DAYBOOK_DEBUG: '' } });
    if (expected !== null) t.is(code, expected, `${args.join(' ')}: ${stderr}`);
    said.push(stdout, stderr);
    return stdout;
  };
  const { rules } = JSON.parse(await runApart(0, 'run', 'customer-360', '--json', ...off)) as { rules: Record<string, Record<string, number>> };
  const unbroken = Object.entries(rules).flatMap(([source, codes]) =>
    Object.entries(codes).flatMap(([code, n]) => (n === 0 ? [`${source}.${code}`] : [])),
  );
  t.deepEqual(
    unbroken.filter((code) => !NOT_BROKEN.includes(code)),
    [],
    'rules that the planted files do not break',
  );
  await run(0, 'run', 'customer-360', ...off);
  await run(65, 'run', 'customer-360', '--set', 'quality.perSource.crm.maxRejectedPercent=0');
  await run(0, 'validate', 'customer-360', ...off);
  await run(0, 'rejects', 'show', 'latest');
  await run(0, 'rejects', 'export', 'latest', '--format', 'ndjson');
  await run(0, 'runs', 'show', 'latest');
  const corrected = join(folder.dir, 'corrected.csv');
  await run(0, 'rejects', 'export', 'latest', '--values', '--format', 'csv', '--out', corrected);
  const exported = await readFile(corrected, 'utf8');
  await run(65, 'rejects', 'replay', 'latest', '--with', corrected, ...off);
  await writeFile(corrected, exported.replaceAll('""customer_id"":null', `""customer_id"":""${ADDRESS}""`));
  await run(0, 'rejects', 'replay', 'latest', '--with', corrected, ...off);
  await writeFile(corrected, `${exported}${ADDRESS},${ADDRESS}\n`);
  await run(65, 'rejects', 'replay', 'latest', '--with', corrected, ...off);
  await run(0, 'runs', 'list');
  await run(0, 'rejects', 'list');
  await run(0, 'status');
  await run(0, 'logs', '--level', 'debug');
  for (const broken of [`[{"order_id": 1, "note": "${ADDRESS}"},`, `{"note": "${ADDRESS}`]) {
    await writeFile(join(folder.dir, 'in', 'orders.ndjson'), broken);
    await runApart(null, 'run', 'customer-360', ...off);
  }
  await writeFile(join(folder.dir, 'in', 'crm.csv'), `${CRM}\n1,"${ADDRESS},a\n`);
  await run(65, 'run', 'customer-360', ...off);
  for (const mark of MARKS) {
    for (const [path, bytes] of await bytesBelow(folder.state)) t.false(bytes.includes(mark), `"${mark}" stands in ${path}`);
    t.false(said.join('\n').includes(mark), `"${mark}" was said on screen`);
  }
  await folder.remove();
});
