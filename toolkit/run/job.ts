import type { Checked } from '../contract/index.ts';
import type { Kept, Session } from '../frame/index.ts';
import type { Extract, ServiceAddress } from '../source/index.ts';
import type { GateResult, LoadCounts } from './document.ts';
import type { Meter } from './meter.ts';
import type { RunRequest } from './request.ts';

/** One run at work: what was asked, what it stands on, and what it has found so far. Stages fill it in order. */
export interface Job {
  readonly request: RunRequest;
  readonly runId: string;
  readonly startedAt: Date;
  readonly session: Session;
  readonly scratch: string;
  readonly meter: Meter;
  readonly extracts: Map<string, Extract>;
  /** The lookups that a service answers, by their names. */
  readonly services: Map<string, ServiceAddress>;
  readonly checked: Map<string, Checked>;
  readonly steps: Map<string, Kept<object> & { readonly rows: number }>;
  readonly gates: GateResult[];
  readonly load: Map<string, LoadCounts>;
  rejectsFile: string | null;
}

/** The sources of a pipeline, those that others refer to or are looked up for before the others. */
export function sourceOrder({ pipeline }: Pick<RunRequest, 'pipeline'>): readonly string[] {
  const { sources } = pipeline.definition;
  const order: string[] = [];
  const visit = (name: string): void => {
    const source = sources[name];
    if (!source || order.includes(name)) return;
    for (const parent of Object.values(source.contract.references)) {
      const parentName = Object.keys(sources).find((other) => sources[other]?.contract.name === parent);
      if (parentName && parentName !== name) visit(parentName);
    }
    if (source.service) visit(source.service.source);
    order.push(name);
  };
  for (const name of Object.keys(sources)) visit(name);
  return order;
}
