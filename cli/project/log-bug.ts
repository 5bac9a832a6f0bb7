import { existsSync } from 'node:fs';
import { findProject } from '../../toolkit/config/index.ts';
import { discoverPipelines } from '../../toolkit/run/discover-pipelines.ts';
import type { Context } from '../context.ts';
import { lightConfig } from './light-config.ts';

/** Writes the stack of a bug to the log, without its message: that could quote data. Gives the log's file, or null where none can be written. */
export async function logBug(fault: unknown, message: string, context: Pick<Context, 'cwd' | 'env' | 'now'>): Promise<string | null> {
  try {
    const project = findProject(context.cwd);
    const [pipeline] = discoverPipelines(project);
    if (pipeline === undefined) return null;
    const { state } = lightConfig(project, pipeline, { set: [] }, context);
    const [{ openState }, { openLog }] = await Promise.all([import('../../toolkit/state/index.ts'), import('../../toolkit/observe/index.ts')]);
    if (!existsSync(state.dir)) return null;
    const { logs } = await openState(state.dir);
    const log = await openLog({
      folder: logs,
      level: 'error',
      maxFileBytes: 10_000_000,
      retentionDays: null,
      maxFiles: null,
      pretty: false,
      now: context.now,
      onFault: () => undefined,
    });
    log.error(message, {
      stack:
        fault instanceof Error
          ? (fault.stack
              ?.split('\n')
              .filter((line) => /^\s+at /.test(line))
              .join('\n') ?? null)
          : null,
    });
    await log.close();
    return log.file;
  } catch {
    return null;
  }
}
