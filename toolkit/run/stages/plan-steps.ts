import type { PlannedStep } from '../events.ts';
import { sourceOrder } from '../job.ts';
import type { RunRequest } from '../request.ts';

type Asked = Pick<RunRequest, 'pipeline' | 'mode' | 'limit'>;

/**
 * The steps that a run is going to take, in order, once its files are known.
 *
 * @param bytes of each source's files; a source that a service answers is not among them
 */
export function planSteps(request: Asked, bytes: ReadonlyMap<string, number>): PlannedStep[] {
  const { steps } = request.pipeline.definition;
  const total = [...bytes.values()].reduce((sum, size) => sum + size, 0);
  const publishes = request.mode === 'dry-run' || (request.mode === 'publish' && request.limit === undefined);
  return [
    ...[...bytes].map(([source, size]) => ({ name: `read ${source}`, kind: 'read' as const, bytes: size })),
    ...sourceOrder(request).flatMap((source): PlannedStep[] => {
      const size = bytes.get(source);
      const check = { name: `check ${source}`, kind: 'check' as const, bytes: size ?? 0 };
      return size === undefined ? [{ name: `read ${source}`, kind: 'read', bytes: 0 }, check] : [check];
    }),
    { name: 'write rejects', kind: 'rejects', bytes: total },
    ...(request.mode === 'validate' ? [] : steps.map(({ name }) => ({ name, kind: 'step' as const, bytes: total }))),
    ...(publishes ? [{ name: 'publish', kind: 'publish' as const, bytes: total }] : []),
  ];
}
