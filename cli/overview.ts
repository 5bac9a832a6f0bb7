import { COMMANDS, subcommandsOf } from './command-table.ts';
import type { Paper } from './render/paper.ts';
import { listing } from './render/table.ts';
import { wrap } from './render/wrap.ts';

/** The help of the whole, or of a group of commands. Loads no command. */
export function overview(group: string | null, paper: Paper): string[] {
  const { theme } = paper;
  const shown = COMMANDS.filter(({ name }) => group === null || name.startsWith(`${group} `));
  const narrow = { ...paper, width: paper.width - 2 };
  const indent = (lines: readonly string[]) => lines.map((line) => `  ${line}`);
  const head =
    group === null ? 'Daybook turns notebooks into production runs that can be answered for.' : `daybook ${group} ${subcommandsOf(group).join('|')}`;
  return [
    ...wrap(head, paper.width),
    '',
    theme.strong('Commands'),
    ...indent(
      listing(
        shown.map(({ name, summary }) => [name, summary]),
        narrow,
      ),
    ),
    '',
    theme.strong('Help'),
    ...indent(
      listing(
        [
          [`${['daybook', group ?? 'COMMAND'].join(' ')} --help`, 'what a command takes, with examples'],
          ['daybook --version', 'the version'],
        ].slice(0, group === null ? 2 : 1) as [string, string][],
        narrow,
      ),
    ),
    ...(group === null
      ? [
          '',
          theme.strong('Try'),
          ...indent(
            listing(
              [
                ['daybook run customer-360', 'a whole run on the sample data'],
                ['daybook status', 'how every pipeline stands'],
                ['daybook doctor', 'whether this machine is ready'],
              ],
              narrow,
            ),
          ),
        ]
      : []),
  ];
}
