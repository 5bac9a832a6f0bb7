import { entry } from '../entry.ts';
import { EXIT } from '../exit.ts';

/** What can be wrong with what a chart or a table for a notebook is asked for. */
export const chartErrors = {
  'chart.personal-column': entry<{ column: string }>({
    exit: EXIT.notPermitted,
    cause:
      'The values of a column that a contract calls personal, of one worked out from it, or, where there is no contract, of one that is named like personal data, would be the labels of a chart.',
    what: ({ column }) => `The column "${column}" holds personal data, which would be the labels of the chart.`,
    where: ({ column }) => ({ key: column }),
    fix: () => 'Chart another column, or add { personal: true } where the picture stays with you.',
  }),
  'chart.unknown-format': entry<{ path: string }>({
    exit: EXIT.usage,
    cause: 'The ending of a file name says how a chart is written.',
    what: ({ path }) => `A chart cannot be written to "${path}" by the ending of its name.`,
    where: ({ path }) => ({ file: path }),
    fix: () => 'Choose a name that ends in .svg, .png or .json.',
  }),
  'danfo.not-installed': entry({
    exit: EXIT.noInput,
    cause: 'danfojs-node is for exploration: an installation that only runs pipelines leaves it out.',
    what: () => 'The package "danfojs-node" is not installed.',
    where: () => ({ key: 'toDanfo' }),
    fix: () => 'Install it where you explore: `npm install --save-dev danfojs-node`.',
  }),
  'danfo.too-many-rows': entry<{ rows: number; limit: number }>({
    exit: EXIT.usage,
    cause: 'danfojs holds every value as a JavaScript value; groups over hundreds of thousands of rows do not end in minutes.',
    what: ({ rows, limit }) => `The frame has "${rows}" rows, and danfojs is given at most ${limit}.`,
    where: () => ({ key: 'toDanfo' }),
    fix: () => 'Work the frame out first (groupby, rollup, filter, slice), or raise the limit with { limit }.',
  }),
};
