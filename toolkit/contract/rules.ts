import type * as z from 'zod';
import type { Contract } from './contract.ts';
import type { Severity } from './field.ts';

/** How a rule is decided: on the field's own text, by a schema of it, over the records of a key, or against another source. */
export type RuleKind = 'malformed' | 'missing' | 'schema' | 'duplicate' | 'orphan';

/** One rule of a contract. `bit` is its place in a record's mask; a malformed record has none, it never becomes a row. */
export interface Rule {
  readonly code: string;
  readonly kind: RuleKind;
  /** The field it is about; null for a malformed record. */
  readonly field: string | null;
  readonly severity: Severity;
  /** Whether configuration may change the severity. */
  readonly fixed: boolean;
  readonly bit: number | null;
  readonly schema: z.ZodType | null;
  /** The contract whose keys decide an orphan. */
  readonly parent: string | null;
  /** What is wrong with a record that broke it, in plain words and without its values. */
  readonly reason: string;
}

/** Severities by rule code, where they differ from the contract's own. */
export type Severities = Readonly<Partial<Record<string, Severity>>>;

/** Every rule of a contract in the order in which they are reported: malformed, then field by field, the set rules after the field's own. */
export function rulesOf(it: Contract, severities: Severities = {}): readonly Rule[] {
  const rules: Omit<Rule, 'bit'>[] = [
    {
      code: 'record.malformed',
      kind: 'malformed',
      field: null,
      severity: 'reject',
      fixed: true,
      schema: null,
      parent: null,
      reason: 'The record is not well formed.',
    },
  ];
  for (const name of Object.keys(it.fields)) rules.push(...rulesOfField(it, name));
  let bit = 0;
  return rules.map((rule) => ({
    ...rule,
    severity: rule.fixed ? rule.severity : (severities[rule.code] ?? rule.severity),
    bit: rule.kind === 'malformed' ? null : bit++,
  }));
}

function rulesOfField(it: Contract, name: string): Omit<Rule, 'bit'>[] {
  const field = it.fields[name];
  if (!field) return [];
  const parent = Object.hasOwn(it.references, name) ? it.references[name] : undefined;
  const rule = (suffix: string, kind: RuleKind, schema: z.ZodType | null = null): Omit<Rule, 'bit'> => {
    const structural = name === it.key || parent !== undefined;
    const fixed = structural || field.fixed.includes(suffix);
    return {
      code: `${name}.${suffix}`,
      kind,
      field: name,
      severity: structural ? 'reject' : (field.severity[suffix] ?? 'warn'),
      fixed,
      schema,
      parent: kind === 'orphan' ? (parent ?? null) : null,
      reason: field.meta.reasons?.[suffix] ?? defaultReason(kind, field.meta.title, parent),
    };
  };
  return [
    ...(field.required ? [rule('missing', 'missing')] : []),
    ...Object.entries(field.rules).map(([suffix, schema]) => rule(suffix, 'schema', schema)),
    ...(name === it.key ? [rule('duplicate', 'duplicate')] : []),
    ...(parent === undefined ? [] : [rule('orphan', 'orphan')]),
  ];
}

function defaultReason(kind: RuleKind, title: string, parent: string | undefined): string {
  if (kind === 'missing') return `${title} is empty.`;
  if (kind === 'duplicate') return `A later record has the same ${title.toLowerCase()}.`;
  if (kind === 'orphan') return `${title} is not among the accepted records of "${parent}".`;
  return `${title} is not in the expected form.`;
}

/** The bits of the rules that a field's own text breaks: what makes a key or a reference invalid. */
export const ownMask = (rules: readonly Rule[], field: string): bigint =>
  maskOf(rules, (rule) => rule.field === field && (rule.kind === 'missing' || rule.kind === 'schema'));

/** The bits of the rules that meet a test, as one mask. */
export const maskOf = (rules: readonly Rule[], test: (rule: Rule) => boolean): bigint =>
  rules.reduce((mask, rule) => (rule.bit !== null && test(rule) ? mask | (1n << BigInt(rule.bit)) : mask), 0n);
