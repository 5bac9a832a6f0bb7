import { z } from 'zod';

const days = () => z.int().min(1);

/** How services are asked: the sources that are set to a base URL. */
export const servicesSchema = z.strictObject({
  timeoutMs: z.int().min(1).default(5000).meta({
    title: 'Time-out',
    description: 'How long one request may take, in milliseconds, until the last byte of its answer.',
  }),
  retries: z.int().min(0).default(3).meta({
    title: 'Retries',
    description: 'How often a request is tried again after a time-out, a broken connection, 429 or 5xx. Other refusals are not tried again.',
  }),
  backoffMs: z.int().min(0).default(500).meta({
    title: 'Back-off',
    description:
      'The longest wait before the first further try, in milliseconds. It doubles with each try, up to 10 s, and a random share of it is waited. A `Retry-After` of the service is kept in any case.',
  }),
  breakAfter: z.int().min(1).default(8).meta({
    title: 'Circuit breaker',
    description: 'After so many failed requests in a row the service is left alone for the rest of the run.',
  }),
  budgetSeconds: z.number().min(0).default(300).meta({
    title: 'Budget of time',
    description:
      'How long a run asks a service in all, in seconds; what is left is asked by the next run. 0 asks nothing: only earlier answers are used.',
  }),
  concurrency: z.int().min(1).max(32).default(4).meta({ title: 'Concurrency', description: 'How many requests are sent at the same time.' }),
  cacheDays: days().default(30).meta({
    title: 'Age of answers',
    description: 'After how many days an answer is asked for again. Until a new one arrives, the earlier one stands, whatever its age.',
  }),
  unknownDays: days().default(7).meta({ title: 'Age of unknown values', description: 'The same for a value that the service does not know.' }),
  retentionDays: days().default(365).meta({
    title: 'Retention of answers',
    description: 'After how many days an answer is deleted that no record needs any more.',
  }),
});
