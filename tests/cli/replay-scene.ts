import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import type { RunDocument } from '../../toolkit/run/document.ts';
import { daybook, folder, placeIn, ROOT, type Said } from './scene.ts';

/** Sources of a few lines: each kind of refused record once, and one that is only warned of. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  'crm.csv': [
    'customer_id,first_name,last_name,email,phone,postcode,company,registration_date,status',
    '1,Ann,Lee,ann@example.com,07700900001,SW1A 1AA,,2020-01-01,active',
    ',Planted,Person,planted@example.com,07700900002,SW1A 1AA,,2020-01-01,active',
    '3,Cem,Short',
    '4,Dee,Ray,no address,07700900004,SW1A 1AA,,2020-01-01,active',
    '1,Ann,Lee-New,ann@example.com,07700900001,SW1A 1AA,,2020-01-01,active',
    'C-6,Eve,Fox,eve@example.com,nobody,SW1A 1AA,,2020-01-01,active',
  ],
  'orders.ndjson': [
    '{"order_id":10,"customer_id":1,"amount":10.50,"date":"2025-01-01"}',
    '{"order_id":11,"customer_id":2,"amount":20,"date":"2025-01-02"}',
    '{"order_id":12,"customer_id":1,"amount":30,"date":',
    '# exported by the old shop',
  ],
  'support-1.csv': ['ticket_id,customer_ref,issue_type,priority,created_date', '20,1,billing,high,2025-01-01', '21,none,billing,high,2025-01-01'],
  'support-2.csv': ['ticket_id,customer_ref,issue_type,priority,created_date', '22,1,billing,low,2025-02-01', '23,2,billing,low,2025-02-01'],
};

/** One line of an export. */
export type Line = Record<string, unknown> & { raw: unknown };

/** A folder of its own with sources, state and warehouse. */
export class ReplayScene {
  constructor(
    readonly path: string,
    readonly place: readonly string[],
  ) {}

  static make(t: ExecutionContext): ReplayScene {
    return ReplayScene.in(folder(t));
  }

  /** In an empty folder. */
  static in(path: string): ReplayScene {
    mkdirSync(join(path, 'in'));
    for (const [name, lines] of Object.entries(FILES)) writeFileSync(join(path, 'in', name), `${lines.join('\n')}\n`);
    for (const name of ['postcodes.csv', 'companies.csv']) cpSync(join(ROOT, 'data/scenarios/_default', name), join(path, 'in', name));
    const sources = { crm: 'crm.csv', orders: 'orders.ndjson', support: 'support-*.csv', postcodes: 'postcodes.csv', companies: 'companies.csv' };
    const set = Object.entries(sources).flatMap(([name, file]) => ['--set', `sources.${name}=${join(path, 'in', file)}`]);
    return new ReplayScene(path, [...placeIn(path), ...set, '--set', 'quality.gates=off']);
  }

  /** Runs a command here; of a key that is set twice the one in `more` counts. */
  ask(args: readonly string[], more: readonly string[] = []): Promise<Said> {
    return daybook([...args, ...this.place, ...more]);
  }

  /** Runs the pipeline; gives its id. */
  async run(...args: string[]): Promise<string> {
    const { out, err } = await this.ask(['run', 'customer-360', '--as-of', '2026-01-01', '--json'], args);
    const { runId } = JSON.parse(out) as RunDocument;
    if (runId === null) throw new Error(err);
    return runId;
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** The export of a run with its lines changed, written where corrections are read from. */
  async correct(run: string, change: (lines: Line[]) => unknown): Promise<string> {
    const { out } = await this.ask(['rejects', 'export', run, '--values', '--format', 'ndjson']);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    const text = change(lines);
    const file = this.file('corrected');
    writeFileSync(file, typeof text === 'string' ? text : lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return file;
  }

  replay(run: string, file: string, ...args: string[]): Promise<Said> {
    return this.ask(['rejects', 'replay', run, '--with', file, '--as-of', '2026-01-01'], args);
  }

  /** A source's file becomes something else. */
  edit(name: string, change: (text: string) => string): void {
    const file = join(this.path, 'in', name);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  }
}

/** The line of a rule of a record. */
export function lineOf(lines: readonly Line[], source: string, rule: string): Line {
  const line = lines.find((it) => it['source'] === source && it['rule'] === rule);
  if (!line) throw new Error(`${source}.${rule} is not in the export`);
  return line;
}

/** The record of a line as it was exported, to be changed. */
export const rawOf = (line: Line): Record<string, unknown> => line.raw as Record<string, unknown>;
