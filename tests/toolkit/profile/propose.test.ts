import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { type Contract, check, frameOf, Profile, profile, read, Session } from 'daybook';
import ts from 'typescript';
import { profileFiles } from '../../../toolkit/profile/profile-files.ts';
import { SLOW } from '../../slow.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const opened = Session.open({ threads: 2 });

/** A folder where `daybook` and `zod` are found as in a project of one's own. */
function project(t: ExecutionContext, source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-propose-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules/daybook'));
  symlinkSync(join(ROOT, 'node_modules/zod'), join(folder, 'node_modules/zod'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'contracts.ts'), source);
  return join(folder, 'contracts.ts');
}

function faults(file: string): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile) as { config: { compilerOptions: object } };
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, typeRoots: [join(ROOT, 'node_modules/@types')] }, ROOT);
  const program = ts.createProgram([file], options);
  const own = program.getSourceFile(file);
  return [...program.getSyntacticDiagnostics(own), ...program.getSemanticDiagnostics(own)].map(({ messageText }) =>
    ts.flattenDiagnosticMessageText(messageText, '\n'),
  );
}

test('what is proposed for the samples compiles, and refuses few of their records', async (t) => {
  t.timeout(300_000);
  const session = await opened;
  const sample = (name: string) => join(ROOT, 'data/samples', name);
  const names = ['crm.csv', 'orders.ndjson', 'support.csv'];
  const found = await profileFiles(names.map(sample), { session, values: false, signal: new AbortController().signal });
  const file = project(t, found.proposeContract());
  t.deepEqual(faults(file), []);

  const { crm, orders } = (await import(pathToFileURL(file).href)) as Record<string, Contract>;
  if (!crm || !orders) return t.fail('a contract a file');
  t.deepEqual(
    Object.entries(crm.fields).flatMap(([name, { meta }]) => (meta.personal ? [`${name} ${meta.personal}`] : [])),
    ['customer_id identifier', 'first_name name', 'last_name name', 'email contact', 'phone contact', 'postcode location'],
  );
  t.deepEqual(orders.references, { customer_id: 'crm' });
  t.deepEqual(orders.fields['amount']?.from, ['amount', 'total']);

  const { counts } = await check(crm, await read(sample('crm.csv'), { session }), { session });
  t.deepEqual(counts.rows, { read: 2082, accepted: 2000, rejected: 82, warned: 286 });
});

(SLOW ? test : test.skip)('what is proposed for names and values that no code expects compiles too', async (t) => {
  t.timeout(300_000);
  // with more columns than a contract has room for rules
  const columns = ['row', '__proto__', "o'clock", 'a b', 'x\ny', '1st', 'class', 'ref', ...Array.from({ length: 60 }, (_, i) => `more_${i}`)];
  const rows = Array.from({ length: 30 }, (_, i) =>
    Object.fromEntries(columns.map((name, at) => [name, at === 7 ? `A/${100 + i}` : at === 5 ? ["it's", '"so"', 'a\\b'][i % 3] : String(i)])),
  );
  const found = await profile(frameOf(rows, columns), { session: await opened, name: 'import.csv', values: true });
  const keyless = await profile(frameOf(WITHOUT_KEY), { session: await opened, name: 'visits.csv' });
  const source = new Profile([...found.files, ...keyless.files]).proposeContract();
  t.true(source.includes('export const importContract = contract('));
  const file = project(t, source);
  t.deepEqual(faults(file), []);
  const { importContract, visits } = (await import(pathToFileURL(file).href)) as Record<string, Contract>;
  t.deepEqual(importContract?.fields['row_value']?.from, ['row']);
  t.deepEqual([visits?.key, Object.keys(visits?.fields ?? {})], ['site', ['site', 'shown']]);
});

/** Of the sites, those of the second name are the more different ones, and none is a key. */
const WITHOUT_KEY = Array.from({ length: 60 }, (_, i) => ({
  site: i < 32 ? `S-${i % 4}` : null,
  place: i < 32 ? null : `S-${10 + (i % 9)}`,
  shown: i % 3 === 0 ? 'yes' : 'no',
}));

test('a contract says which of today’s amounts it would refuse, takes no temperature for one, and imports only what it uses', async (t) => {
  const rows = Array.from({ length: 40 }, (_, i) => ({ id: `${i}`, fee: i === 7 ? '-3.50' : i === 8 ? null : `${i}.25`, temp: `${i}.5` }));
  const source = (await profile(frameOf(rows), { session: await opened, name: 'umsatz.csv' })).proposeContract();
  t.regex(source, /1 record without it: an amount refuses it, as `fee\.missing`\.\n.*Some are below zero: .* `fee\.negative`\.\n {2}fee: amount/);
  t.regex(source, /temp: text\(/);
  t.regex(source, /id: text\(/, 'the kind id begins at 1');
  const towns = frameOf(rows.map((_, i) => ({ town: i % 2 === 0 ? 'York' : 'Hull' })));
  t.notRegex((await profile(towns, { session: await opened, name: 'umsatz.csv' })).proposeContract(), /zod/);
});

test('a contract for records that no column tells apart says what to decide, and what it would do as it is', async (t) => {
  const session = await opened;
  const source = async (rows: readonly object[]) => (await profile(frameOf(rows), { session, name: 'visits.csv' })).proposeContract();
  const said = await source(WITHOUT_KEY);
  t.regex(said, /\/\/ visits\.csv: 60 records\. DECIDE the key: .*no single column of visits\.csv tells its records apart\.\n/);
  t.regex(said, /"site" stands below so that this compiles\. It has 4 different values: of 60 records a check would accept 4 at the most/);
  t.notRegex(said, /TODO|is unique/);
  const pairs = Array.from({ length: 20 }, (_, i) => ({ shop: `S${i % 4}`, line: Math.floor(i / 4) }));
  t.regex(await source(pairs), /"line" with "shop" is unique: a column that joins the two would be a key\./);
});
