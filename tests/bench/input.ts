import { closeSync, createReadStream, existsSync, linkSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from '../../toolkit/pipelines/customer-360/generate.ts';

const SEED = 360;
const EVERY = 100;

/** The paths of the five sources. */
export interface Input {
  readonly crm: string;
  readonly orders: string;
  readonly support: string;
  readonly postcodes: string;
  readonly companies: string;
}

/** Generates the input of a size once, into a folder below the system's temporary one. */
export function inputOf(rows: number): Input {
  const folder = join(tmpdir(), 'daybook-bench', `input-${SEED}-${rows}`);
  if (!existsSync(folder)) {
    const making = `${folder}.${process.pid}`;
    mkdirSync(making, { recursive: true });
    writeAll(making, rows);
    renameSync(making, folder);
  }
  return sourcesIn(folder);
}

/** The same input the next night: about every hundredth customer has another last name. */
export async function nextNightOf(rows: number, first: Input): Promise<Input> {
  const folder = join(tmpdir(), 'daybook-bench', `input-${SEED}-${rows}-second-night`);
  if (!existsSync(folder)) {
    const making = `${folder}.${process.pid}`;
    mkdirSync(making, { recursive: true });
    const made = sourcesIn(making);
    for (const name of ['orders', 'support', 'postcodes', 'companies'] as const) linkSync(first[name], made[name]);
    await changeCustomers(first.crm, made.crm);
    renameSync(making, folder);
  }
  return sourcesIn(folder);
}

/** Bytes of all five sources. */
export const bytesOf = (input: Input): number => Object.values(input).reduce((sum: number, path: string) => sum + statSync(path).size, 0);

function sourcesIn(folder: string): Input {
  const [crm, orders, support] = [join(folder, 'crm.csv'), join(folder, 'orders.ndjson'), join(folder, 'support.csv')];
  return { crm, orders, support, postcodes: join(folder, 'postcodes.csv'), companies: join(folder, 'companies.csv') };
}

function writeAll(folder: string, rows: number): void {
  const files = new Map<string, number>();
  for (const { file, text } of generate({ rows, seed: SEED })) {
    const open = files.get(file) ?? openSync(join(folder, file), 'w');
    files.set(file, open);
    writeSync(open, text);
  }
  for (const open of files.values()) closeSync(open);
}

async function changeCustomers(from: string, to: string): Promise<void> {
  rmSync(to, { force: true });
  const file = openSync(to, 'w');
  let rest = '';
  let count = 0;
  // Latin-1 keeps every byte as it is; only lines that are plain are touched.
  for await (const chunk of createReadStream(from, 'latin1')) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    const changed = lines.map((line) => {
      count += 1;
      const isPlain = count % EVERY === 0 && /^\d+(,[^",\r]*){9}$/.test(line);
      return isPlain ? line.split(',').with(2, 'Changed').join(',') : line;
    });
    if (changed.length > 0) writeSync(file, `${changed.join('\n')}\n`, null, 'latin1');
  }
  writeSync(file, rest, null, 'latin1');
  closeSync(file);
}
