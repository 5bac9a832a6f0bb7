import type { Config } from '../../toolkit/config/index.ts';
import { rulesOf } from '../../toolkit/contract/index.ts';
import type { PipelineDefinition } from '../../toolkit/pipeline/index.ts';

/** What a rule does to a record that breaks it, and what is wrong then, in plain words. */
export interface Meaning {
  readonly severity: 'reject' | 'warn' | 'off';
  readonly reason: string;
}

/** By source, by rule code. */
export type Meanings = Readonly<Record<string, Readonly<Record<string, Meaning>>>>;

/** The meaning of every rule of a pipeline under a configuration. */
export const meaningsOf = ({ sources }: PipelineDefinition, { rules }: Pick<Config, 'rules'>): Meanings =>
  Object.fromEntries(
    Object.entries(sources).map(([name, { contract }]) => [
      name,
      Object.fromEntries(rulesOf(contract, rules[name] ?? {}).map(({ code, severity, reason }) => [code, { severity, reason }])),
    ]),
  );
