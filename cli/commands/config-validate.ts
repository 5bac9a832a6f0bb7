import { z } from 'zod';
import { EXIT } from '../../toolkit/errors/exit.ts';
import { defineCommand } from '../define-command.ts';
import { envOption, jsonOption, setOption } from '../options.ts';
import { showError } from '../report-fault.ts';

export const configValidate = defineCommand({
  name: 'config validate',
  summary: 'Checks the configuration of every environment.',
  details: 'Exits with the code of the first fault: 78, or 64 where it is in the command line.',
  arguments: z.object({ pipeline: z.string().min(1).optional().meta({ description: 'One pipeline. Default: all.' }) }),
  options: z.object({ env: envOption(), set: setOption(), json: jsonOption('Prints what was checked as one JSON array.') }),
  examples: [
    ['daybook config validate', 'every pipeline in every environment'],
    ['daybook config validate customer-360 --env production', 'one of them, as before a release'],
  ],
  async run({ pipeline, json, ...choice }, context) {
    const [{ checkConfigs }, { findProject }] = await Promise.all([import('../project/check-configs.ts'), import('../../toolkit/config/index.ts')]);
    const checked = await checkConfigs(findProject(context.cwd), pipeline, choice, context);
    const { theme, glyphs } = context.out;
    if (json)
      context.out.data(
        `${JSON.stringify(checked.map(({ fault, ...it }) => ({ ...it, error: fault && { code: fault.code, message: fault.message, remedy: fault.fix } })))}\n`,
      );
    else
      context.out.lines(
        ...checked.map((it) =>
          it.fault ? theme.bad(`${glyphs.bad} ${it.pipeline}, ${it.environment}`) : theme.good(`${glyphs.good} ${it.pipeline}, ${it.environment}`),
        ),
      );
    for (const { fault } of checked) if (fault) showError(fault, context, 'config validate');
    return checked.find(({ fault }) => fault)?.fault?.exit ?? EXIT.ok;
  },
});
