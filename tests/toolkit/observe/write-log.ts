// A process that writes lines to a log that others write to as well.
import { openLog } from '../../../toolkit/observe/index.ts';

const [folder = '', count = '0'] = process.argv.slice(2);
const log = await openLog({ folder, level: 'info', maxFileBytes: 400, retentionDays: null, maxFiles: null, pretty: false });
for (let n = 0; n < Number(count); n++) log.info(`${process.pid} ${n}`);
await log.close();
