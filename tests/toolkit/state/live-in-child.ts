// A run's life in the state folder, in a process of its own, so that a disk that fails can be laid under it. Says how it ended.
import { live } from './state-folder.ts';

const [dir = '', runId = ''] = process.argv.slice(2);
process.stdout.write(await live(dir, runId));
