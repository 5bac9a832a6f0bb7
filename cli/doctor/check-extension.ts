import { Session } from '../../toolkit/frame/index.ts';
import { extensionLoads, installExtension } from '../../toolkit/warehouse/index.ts';
import { type Finding, ok, warn } from './finding.ts';

const CHECK = 'sqlite extension';

/** DuckDB's optional sqlite extension: first loads are about three times faster with it. With `fix` it is fetched from the network. */
export async function checkExtension(folder: string | null, fix: boolean): Promise<Finding> {
  const session = await Session.open(folder === null ? {} : { extensionFolder: folder });
  try {
    if (await extensionLoads(session)) return ok(CHECK, 'DuckDB’s sqlite extension loads');
    if (!fix)
      return warn(
        CHECK,
        'DuckDB’s sqlite extension is not there: first loads take about three times as long.',
        'Run `daybook doctor --fix` with a network, or leave it: everything works without.',
      );
    const isInstalled = await installExtension(session);
    if (isInstalled && (await extensionLoads(session))) return ok(CHECK, 'DuckDB’s sqlite extension was installed');
    return warn(
      CHECK,
      'DuckDB’s sqlite extension could not be installed.',
      'Check the network and the rights of "engine.extensions"; everything works without it.',
    );
  } finally {
    session.close();
  }
}
