import type { Command } from './define-command.ts';
import { argumentsOf, type OptionShape, optionsOf } from './option-shape.ts';
import type { Paper } from './render/paper.ts';
import { listing } from './render/table.ts';
import { wrap } from './render/wrap.ts';

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
const narrower = (paper: Paper): Paper => ({ ...paper, width: paper.width - 2 });

/** The help of one command: how it is called, what it takes, and examples. */
export function commandHelp(command: Command, paper: Paper): string[] {
  const args = argumentsOf(command.arguments);
  const usage = ['daybook', command.name, ...args.map(usageOf), '[options]'].join(' ');
  return [
    ...wrap(command.summary, paper.width),
    ...(command.details === null ? [] : ['', ...wrap(command.details, paper.width)]),
    ...section('Usage', wrap(usage, paper.width - 2, '  '), paper),
    ...(args.length === 0
      ? []
      : section(
          'Arguments',
          listing(
            args.map((it) => [it.name, it.description]),
            narrower(paper),
          ),
          paper,
        )),
    ...section('Options', listing([...optionsOf(command.options).map(optionPair), ['--help', 'Shows this.']], narrower(paper)), paper),
    ...section(
      'Examples',
      command.examples.flatMap(([line, does]) => [
        ...wrap(line, paper.width - 2, '  '),
        ...wrap(`  ${does}`, paper.width - 2, '  ').map(paper.theme.quiet),
      ]),
      paper,
    ),
  ];
}

const usageOf = ({ name, isRequired, isRepeated }: OptionShape): string => {
  const inner = isRepeated ? `${name}…` : name;
  return isRequired ? inner : `[${inner}]`;
};

const optionPair = ({ name, short, value, description }: OptionShape): [string, string] => {
  const flags = short === null ? name : `${short}, ${name}`;
  return [value === null ? flags : `${flags} ${value}`, description];
};

const section = (title: string, lines: readonly string[], paper: Paper): string[] => ['', paper.theme.strong(title), ...indented(lines)];
