import { Command as Commander, CommanderError, Option } from 'commander';
import { z } from 'zod';
import { describeType, metaOf } from '../toolkit/config/zod-shape.ts';
import { DaybookError } from '../toolkit/errors/daybook-error.ts';
import { suggest } from '../toolkit/errors/suggest.ts';
import type { Command } from './define-command.ts';
import { argumentsOf, fromText, type OptionShape, optionsOf } from './option-shape.ts';

/** The checked input of a command, or null where its help is asked for. */
export type Parsed = Readonly<Record<string, unknown>> | null;

/**
 * Reads the words after a command's name.
 *
 * @throws DaybookError `usage.*` (64)
 */
export function parseCommand(command: Command, words: readonly string[]): Parsed {
  const commander = commanderOf(command);
  try {
    commander.parse([...words], { from: 'user' });
  } catch (fault) {
    if (!(fault instanceof CommanderError)) throw fault;
    if (fault.code === 'commander.helpDisplayed') return null;
    throw usageFault(fault, command);
  }
  const options = commander.opts<Record<string, unknown>>();
  const checked = optionsOf(command.options).map((option) => [option.key, check(option, options[option.key], command)]);
  const taken = argumentsOf(command.arguments).map((argument, i) => [argument.key, check(argument, commander.processedArgs[i], command)]);
  return Object.fromEntries([...taken, ...checked].filter(([, value]) => value !== undefined)) as Record<string, unknown>;
}

function commanderOf(command: Command): Commander {
  const silent = { writeOut: () => {}, writeErr: () => {}, outputError: () => {} };
  const commander = new Commander(command.name)
    .exitOverride()
    .configureOutput(silent)
    .showSuggestionAfterError(false)
    .helpOption('-h, --help')
    .allowExcessArguments(false);
  for (const { name, isRequired, isRepeated } of argumentsOf(command.arguments)) {
    const inner = isRepeated ? `${name}...` : name;
    commander.argument(isRequired ? `<${inner}>` : `[${inner}]`);
  }
  for (const { name, short, value, isRepeated } of optionsOf(command.options)) {
    const flags = short === null ? name : `${short}, ${name}`;
    const option = new Option(value === null ? flags : `${flags} <${value}>`);
    if (isRepeated) option.argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text]);
    commander.addOption(option);
  }
  return commander;
}

// Commander words its faults for a person; the name in quotes is what we need of them.
const quotedIn = (message: string): string => /'([^']*)'/.exec(message)?.[1] ?? '';

function usageFault({ code, message }: CommanderError, command: Command): DaybookError {
  const name = quotedIn(message);
  if (code === 'commander.unknownOption') {
    const option = name.split('=')[0] as string;
    const known = [...optionsOf(command.options).map((it) => it.name), '--help'];
    return new DaybookError('usage.unknown-option', { command: command.name, option, suggestion: suggest(option, known) });
  }
  if (code === 'commander.optionMissingArgument')
    return new DaybookError('usage.missing-value', { command: command.name, option: name.split(' ')[0] as string });
  if (code === 'commander.missingArgument') return new DaybookError('usage.missing-argument', { command: command.name, argument: name });
  return new DaybookError('usage.too-many-arguments', { command: command.name });
}

/** @throws DaybookError `usage.bad-value`, `usage.impossible-date`, `usage.missing-option` */
function check(option: OptionShape, given: unknown, command: Command): unknown {
  const { schema, name } = option;
  if (given === undefined && option.isRequired) throw new DaybookError('usage.missing-option', { command: command.name, option: name });
  const result = schema.safeParse(Array.isArray(given) && given.length === 0 ? undefined : fromText(option, given));
  if (result.success) return result.data;
  if (metaOf(schema)['isDate'] === true) throw new DaybookError('usage.impossible-date', { option: name, text: String(given) });
  throw new DaybookError('usage.bad-value', { command: command.name, option: name, must: wording(schema) });
}

const wording = (schema: z.ZodType): string => describeType(schema, (inner) => z.toJSONSchema(inner, { unrepresentable: 'any', io: 'input' }));
