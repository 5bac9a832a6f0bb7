#!/usr/bin/env node
import { EXIT } from '../toolkit/errors/exit.ts';
import { brokenPackage } from './broken-package.ts';

/** Within this a clean stop is over. */
const CLEAN_STOP_MS = 2_000;

const abort = new AbortController();
let askedAt = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!abort.signal.aborted) {
      askedAt = performance.now();
      return abort.abort();
    }
    // One Ctrl-C may arrive twice, from the terminal and from npm; who asks again later does not want to wait any more.
    if (performance.now() - askedAt > CLEAN_STOP_MS) process.exit(EXIT.cancelled);
  });
}
// Where a package cannot be loaded Node rejects twice, and the second time nobody can have caught it; runCli tells of the first.
process.on('unhandledRejection', (fault) => {
  if (brokenPackage(fault) === null) throw fault;
});
// Loaded only now, so that a signal in the first moments finds somebody who listens.
const [{ realEffects }, { runCli }] = await Promise.all([import('./real-effects.ts'), import('./run-cli.ts')]);
const effects = realEffects(abort.signal);
const code = await runCli(process.argv.slice(2), effects);
await Promise.all([effects.stdout.drained(), effects.stderr.drained()]);
// Native modules may keep a thread; everything that has to be closed is closed by now.
process.exit(code);
