import { z } from 'zod';

/** Options that several commands share, each worded once. */
export const envOption = () =>
  z.string().min(1).optional().meta({ value: 'NAME', description: 'The environment. Default: DAYBOOK_ENV, else development.' });

export const setOption = () =>
  z.array(z.string()).default([]).meta({ value: 'KEY=VALUE', description: 'Sets a configuration key for this time; may be repeated.' });

export const jsonOption = (what = 'Prints one JSON document and nothing else on stdout.') => z.boolean().default(false).meta({ description: what });

export const limitOption = (fallback: number, what: string) =>
  z
    .int()
    .min(1)
    .default(fallback)
    .meta({ value: 'N', description: `${what} Default: ${fallback}.`, form: 'a whole number, 1 or more' });

export const pipelineOption = () => z.string().min(1).optional().meta({ value: 'NAME', description: 'The pipeline, where the project has several.' });

const isCalendarDate = (text: string): boolean => {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined || year === '0000') return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day);
};

export const asOfOption = () =>
  z
    .string()
    .refine(isCalendarDate)
    .optional()
    .meta({ value: 'DATE', description: 'The day the run counts to, YYYY-MM-DD. Default: today in UTC.', isDate: true });

export const runArgument = () =>
  z.string().min(1).default('latest').meta({ description: 'The run: its id, the beginning or the end of it, or `latest` (the default).' });

export const scenarioDirOption = () =>
  z.string().min(1).optional().meta({ value: 'DIR', description: 'The folder of scenarios. Default: data/scenarios of the project.' });
