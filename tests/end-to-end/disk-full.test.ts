import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { type Files, generated, RunFolder } from '../run-in-folder.ts';

const FILES: Files = generated(60, 3);

/** Mounts a small disk in a folder; says why where that is not permitted. */
function smallDisk(folder: string, bytes: number): string | null {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=700`, 'none', folder], { stdio: 'pipe' });
    return null;
  } catch (fault) {
    return `a small disk cannot be mounted here (${fault instanceof Error ? fault.message.split('\n')[0] : 'unknown'})`;
  }
}

/** Runs with a small disk mounted in a folder of a run folder. */
const onSmallDisk = (name: 'state' | 'small', bytes: number, work: (t: ExecutionContext, folder: RunFolder, disk: string) => Promise<void>) =>
  test.macro(async (t) => {
    const folder = await RunFolder.make(FILES);
    const disk = join(folder.dir, name);
    const reason = smallDisk(disk, bytes);
    try {
      if (reason === null) await work(t, folder, disk);
      else {
        t.log(`Skipped: ${reason}.`);
        t.pass();
      }
    } finally {
      if (reason === null) execFileSync('umount', [disk]);
      await folder.remove();
    }
  });

test(
  'a disk with too little room stops the run before anything is read, and says what is needed',
  onSmallDisk('state', 3_000_000, async (t, folder) => {
    const { document, events } = await folder.run();
    t.is(document.error?.code, 'state.no-room');
    t.regex(document.error?.message ?? '', /needs about 4 MB below ".*", and 3 MB are free/);
    t.false(events.some(({ type }) => type === 'source-read'));
  }),
);

test(
  'a disk that runs full under the warehouse leaves the table as it was, and the next run with room succeeds',
  onSmallDisk('small', 1_000_000, async (t, folder, disk) => {
    const set = ['quality.gates=off', `warehouse.path=${join(disk, 'w.sqlite')}`];
    t.is((await folder.run({ set })).document.status, 'succeeded');
    const { publishedRows } = await import('../../toolkit/warehouse/index.ts');
    const rows = () => publishedRows(join(disk, 'w.sqlite'), 'customer_enriched');
    const before = await rows();
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(1_000_000 - sizeBelow(disk) - 8_192));
    await folder.put(generated(600, 4).crm);
    const { document } = await folder.run({ set });
    t.is(document.error?.code, 'warehouse.disk-full');
    t.deepEqual(await rows(), before);
    writeFileSync(join(disk, 'ballast'), '');
    t.is((await folder.run({ set })).document.status, 'succeeded');
    t.true((await rows()).length > before.length);
  }),
);

/** Bytes of the blocks that the files of a disk take. */
const sizeBelow = (disk: string): number => Number(execFileSync('du', ['-s', '--block-size=1', disk], { encoding: 'utf8' }).split('\t')[0]);
