#!/usr/bin/env node
import { EXIT } from '../toolkit/errors/exit.ts';
import { realEffects } from './real-effects.ts';
import { runCli } from './run-cli.ts';

const abort = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // The first asks to stop cleanly; who asks again does not want to wait.
    if (abort.signal.aborted) process.exit(EXIT.cancelled);
    abort.abort();
  });
}
const effects = realEffects(abort.signal);
const code = await runCli(process.argv.slice(2), effects);
await Promise.all([effects.stdout.drained(), effects.stderr.drained()]);
// Native modules may keep a thread; everything that has to be closed is closed by now.
process.exit(code);
