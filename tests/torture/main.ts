import { parseArgs } from 'node:util';
import type { Part } from './part.ts';
import { writeSection } from './write-section.ts';

/** The parts, by the word that is typed: `npm run torture -- faults --seed 7`. Each writes its own section of the page with `--write`. */
const PARTS: Readonly<Record<string, () => Promise<Part>>> = {
  reference: async () => (await import('./reference/reference-part.ts')).referencePart,
  faults: async () => (await import('./faults/faults-part.ts')).faultsPart,
  power: async () => (await import('./faults/power-part.ts')).powerPart,
  pollution: async () => (await import('./pollution/pollution-part.ts')).pollutionPart,
  kills: async () => (await import('./faults/kills-part.ts')).killsPart,
  cancel: async () => (await import('./faults/cancel-part.ts')).cancelPart,
  memory: async () => (await import('./memory/memory-part.ts')).memoryPart,
  locks: async () => (await import('./faults/locks-part.ts')).locksPart,
};

const COMMON = {
  seed: { type: 'string', default: '1' },
  parallel: { type: 'string', default: '2' },
  set: { type: 'string', multiple: true, default: [] as string[] },
  write: { type: 'boolean', default: false },
} as const;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function main([name = '', ...words]: readonly string[]): Promise<number> {
  const load = PARTS[name];
  if (!load) {
    say(`Name a part: ${Object.keys(PARTS).join(', ')}.`);
    return 64;
  }
  const part = await load();
  const { values } = parseArgs({ args: words, options: { ...part.options, ...COMMON } });
  const { seed, parallel, set, write } = values as { seed: string; parallel: string; set: string[]; write: boolean };
  const found = await part.run({ seed: Number(seed), parallel: Number(parallel), set, values, say });
  const text = `${found.text}\n\n${found.wrong === 0 ? 'Nothing was wrong.' : `${found.wrong} were wrong.`}`;
  process.stdout.write(`${text}\n`);
  if (write) await writeSection(name, text);
  return found.wrong === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
