import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Session } from '../../../toolkit/frame/index.ts';
import { generated } from '../../run-in-folder.ts';
import type { Part } from '../part.ts';
import { cleanOf } from './clean.ts';
import { judgeReader } from './judge-reader.ts';
import { judgeRun } from './judge-run.ts';
import { pollute, type Wanted } from './pollute.ts';
import { doubtsOf } from './second-opinion.ts';
import { type Judged, textOf, wrongOf } from './tally.ts';

const CUSTOMERS = 60;

/** What is to be judged: so many files, and every so many-th of them in a whole run too. */
export interface Share extends Wanted {
  readonly runEvery: number;
}

/** Pollutes files and judges what becomes of each. @throws Error where csv-parse or JSON.parse do not agree with what a file is said to be */
export async function judgeAll(shares: readonly Share[], say: (line: string) => void): Promise<Judged[]> {
  const clean = cleanOf(generated(CUSTOMERS, 1));
  const session = await Session.open({ threads: 1 });
  const folder = await mkdtemp(join(tmpdir(), 'daybook-pollution-'));
  const judged: Judged[] = [];
  try {
    for (const share of shares) {
      for (const polluted of pollute(clean, share)) {
        const { sheet, kinds, seed } = polluted;
        const name = `${seed}, ${sheet.source} (${sheet.form}): ${kinds.map((kind) => kind.name).join(' + ')}`;
        const doubts = doubtsOf(sheet);
        if (doubts.length > 0) throw new Error(`${name}: ${doubts.join('; ')}`);
        const verdict = await judgeReader(polluted, session, folder);
        const run = (seed + Math.floor(judged.length / share.runEvery)) % share.runEvery === 0 ? await judgeRun(polluted, clean) : null;
        judged.push({ as: share.as, kinds, verdict, run });
        for (const detail of [...verdict.details.slice(0, 5), ...(run ?? [])]) say(`${name}: ${detail}`);
        if (judged.length % 100 === 0) say(`${judged.length} files`);
      }
    }
    return judged;
  } finally {
    session.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Files with one fault or two: what the reader makes of them, and for some a whole run. */
export const pollutionPart: Part = {
  options: { csv: { type: 'string', default: '1000' }, json: { type: 'string', default: '300' }, 'run-every': { type: 'string', default: '5' } },
  async run({ seed, values, say }) {
    const runEvery = Number(values['run-every']);
    const judged = await judgeAll(
      [
        { as: 'csv', count: Number(values['csv']), seed, runEvery },
        { as: 'json', count: Number(values['json']), seed, runEvery },
      ],
      say,
    );
    return { wrong: wrongOf(judged), text: textOf(judged, seed) };
  },
};
