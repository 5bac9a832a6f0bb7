import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { type Contract, check, frameOf, profile, read, Session } from 'daybook';
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
  const source = found.proposeContract();
  t.true(source.includes('export const importContract = contract('));
  const file = project(t, source);
  t.deepEqual(faults(file), []);
  const { importContract } = (await import(pathToFileURL(file).href)) as Record<string, Contract>;
  t.deepEqual(importContract?.fields['row_value']?.from, ['row']);
});
