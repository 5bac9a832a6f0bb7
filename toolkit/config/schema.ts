import { z } from 'zod';
import { byteSize } from './bytes.ts';
import { servicesSchema } from './services-schema.ts';

/** What a broken rule does to a record: keeps it out, counts it, or nothing. */
export type Severity = 'reject' | 'warn' | 'off';

// YAML 1.1 and JSON writers turn on and off into true and false.
const onOff = (value: unknown) => (value === true ? 'on' : value === false ? 'off' : value);
const severity = z.preprocess(onOff, z.enum(['reject', 'warn', 'off']));
const percent = () => z.number().min(0).max(100);
const days = () => z.int().min(1);
const BYTES = 'a size: bytes, or text such as `2GB`, `512MB`, `1.5GiB`';

/** Below this a run could not do its work, however much it spilled. */
const LEAST_MEMORY_BYTES = 512_000_000;

const maxRejected = {
  title: 'Most rejected records',
  description: 'Highest share of a source’s records that may be rejected, in percent. Above it nothing is published (exit 65).',
};
const minRows = { title: 'Least records', description: 'Fewest records a source must hold. 0 lets an empty export pass.' };
const maxDrop = {
  title: 'Largest drop',
  description: 'How much smaller than in the last successful run a source may be, in percent. 100 is not judged.',
};

const perSource = z.strictObject({
  maxRejectedPercent: percent().optional().meta(maxRejected),
  minRows: z.int().min(0).optional().meta(minRows),
  maxDropPercent: percent().optional().meta(maxDrop),
});

/**
 * Every configuration key with its type, default and what it does: the reference page is generated from it.
 * `path: true` marks what is made absolute; `names` words the names of an open section.
 */
export const configSchema = z.strictObject({
  sources: z
    .record(
      z.string(),
      z.string().min(1).meta({
        title: 'Source',
        description:
          'Where a source of the pipeline lies: a path or a glob, relative ones from the project’s root; of a lookup that a service can answer, also its base URL.',
        path: true,
        form: 'a path, a glob or a base URL',
      }),
    )
    .default({})
    .meta({ names: 'NAME' }),
  services: servicesSchema.prefault({}),
  warehouse: z
    .strictObject({
      kind: z.enum(['sqlite']).default('sqlite').meta({ title: 'Kind of warehouse', description: 'Which database the tables are published to.' }),
      path: z.string().min(1).default('warehouse.sqlite').meta({
        title: 'Warehouse file',
        description: 'The database file. It is created where it is missing; its folder is not.',
        path: true,
        form: 'a path',
      }),
      busyTimeoutMs: z.int().min(0).default(5000).meta({
        title: 'Patience with a busy warehouse',
        description: 'How long to wait, in milliseconds, while another program holds the warehouse (then exit 75).',
      }),
    })
    .prefault({}),
  state: z
    .strictObject({
      dir: z.string().min(1).default('.daybook').meta({
        title: 'State folder',
        description: 'Where the ledger, rejects, logs, locks and caches lie. Readable by its owner alone.',
        path: true,
        form: 'a path',
      }),
      retentionDays: days().nullable().default(null).meta({
        title: 'Retention of rejects',
        description: 'After how many days the rejected records of a run are deleted; they hold personal data. The run’s record stays. Not set: kept.',
      }),
    })
    .prefault({}),
  rules: z
    .record(
      z.string(),
      z
        .record(
          z.string(),
          severity.meta({
            title: 'Severity of a rule',
            description:
              'What a broken rule does: `reject` keeps the record out, `warn` keeps and counts it, `off` does neither. Fixed rules cannot be changed. Default: as the contract says.',
            form: '`reject`, `warn` or `off`',
          }),
        )
        .meta({ names: 'CODE' }),
    )
    .default({})
    .meta({ names: 'SOURCE' }),
  quality: z
    .strictObject({
      gates: z
        .preprocess(onOff, z.enum(['on', 'off']))
        .default('on')
        .meta({ title: 'Quality gates', description: 'Whether the limits below are judged at all.', form: '`on` or `off`' }),
      maxRejectedPercent: percent().default(50).meta(maxRejected),
      minRows: z.int().min(0).default(0).meta(minRows),
      maxDropPercent: percent().default(100).meta(maxDrop),
      perSource: z.record(z.string(), perSource).default({}).meta({ names: 'NAME' }),
    })
    .prefault({}),
  onMissing: z.enum(['keep', 'flag', 'delete']).default('keep').meta({
    title: 'Rows that are gone',
    description:
      'What happens to a published row whose key is no longer in the sources: it stays, it is flagged in `missing_since`, or it is deleted.',
  }),
  log: z
    .strictObject({
      level: z.enum(['debug', 'info', 'warn', 'error']).default('info').meta({
        title: 'Log level',
        description: 'The least level that is written to the application log. Audit and performance entries are always written.',
      }),
      retentionDays: days().default(30).meta({ title: 'Retention of logs', description: 'After how many days rotated log files are deleted.' }),
      maxFileBytes: byteSize().default(10_000_000).meta({
        title: 'Size of a log file',
        description: 'A log file that has grown to this size is rotated; it is rotated every day (UTC) as well.',
        form: BYTES,
      }),
      maxFiles: z.int().min(1).default(100).meta({ title: 'Number of log files', description: 'How many rotated files are kept of each log.' }),
    })
    .prefault({}),
  limits: z
    .strictObject({
      memory: byteSize(LEAST_MEMORY_BYTES).nullable().default(null).meta({
        title: 'Memory',
        description:
          'How much memory a run may take in all. The engine gets a share of it and spills to disk beyond that; the rest is for the process around it. Not set: the engine takes up to four fifths of the machine’s.',
        form: 'a size of at least 512 MB: bytes, or text such as `2GB`, `512MB`, `1.5GiB`',
      }),
      record: byteSize()
        .default(32 * 1024 * 1024)
        .meta({ title: 'Largest record', description: 'A record of a source above this size is malformed.', form: BYTES }),
    })
    .prefault({}),
  engine: z
    .strictObject({
      extensions: z.string().min(1).nullable().default(null).meta({
        title: 'Engine extensions',
        description: 'The folder where DuckDB finds its optional extensions. Not set: DuckDB’s own.',
        path: true,
        form: 'a path',
      }),
      threads: z.int().min(1).nullable().default(null).meta({
        title: 'Threads',
        description: 'How many threads the engine may use. Not set: one a core, or fewer where `limits.memory` leaves a thread too little.',
      }),
    })
    .prefault({}),
  settings: z
    .record(z.string(), z.unknown())
    .default({})
    .meta({ names: 'NAME', title: 'Settings', description: 'The pipeline’s own settings, checked by its own schema.' }),
});

/**
 * A checked configuration with every default filled in. Paths are absolute, sizes are bytes;
 * `rules` holds every rule of the pipeline; `settings` is what the pipeline's schema made of it.
 */
export type Config<S = unknown> = Readonly<Omit<z.output<typeof configSchema>, 'settings'>> & { readonly settings: S };
