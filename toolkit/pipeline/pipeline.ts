import type * as z from 'zod';
import type { Fields, RowOf } from '../contract/index.ts';
import { DaybookError, suggest } from '../errors/index.ts';
import { Frame } from '../frame/index.ts';
import { publishedColumns } from '../warehouse/published-row.ts';
import type { PublishedTable } from '../warehouse/warehouse.ts';
import type { Source } from './source.ts';

/** What a step gets beside its frames. */
export interface StepContext<C> {
  /** UTC midnight of the run's as-of date. */
  readonly asOf: Date;
  /** The pipeline's settings, as configured. */
  readonly settings: C;
  /** Names of the lookups that a service answers in this run: their key is the whole value that was asked for. */
  readonly services: ReadonlySet<string>;
}

type Rows = Record<string, object>;
type Frames<S extends Rows> = { readonly [K in keyof S]: Frame<S[K]> };
type AnyFrames = Readonly<Record<string, Frame<object>>>;
/** A source by what its type tells: the fields of its contract. */
type AnySource = { readonly contract: { readonly fields: Fields } };

/** One step: what it reads and gives is known from planning it. */
export interface Step {
  readonly name: string;
  readonly reads: readonly string[];
  readonly columns: readonly string[];
  run(inputs: AnyFrames, context: StepContext<unknown>): Frame<object>;
}

/** One table that a pipeline publishes from a step. */
export interface Publication {
  readonly from: string;
  readonly table: PublishedTable;
  /** The source whose file names the table's `data_source`. */
  readonly dataSource: string;
}

/** A pipeline as the runner sees it. */
export interface PipelineDefinition {
  readonly name: string;
  readonly sources: Readonly<Record<string, Source>>;
  readonly settings: z.ZodType;
  readonly steps: readonly Step[];
  readonly publications: readonly Publication[];
}

interface PublishOptions<S extends Rows, N extends keyof S & string, Row extends z.ZodObject> {
  readonly from: S[N] extends z.output<Row> ? N : never;
  readonly key: keyof S[N] & string;
  readonly row: Row;
  /** Columns that count whole days from a date column to the as-of date. */
  readonly ages?: Readonly<Partial<Record<keyof S[N] & string, keyof S[N] & string>>>;
  readonly indexes?: readonly (readonly (keyof S[N] & string)[])[];
  /** Default: the first source. */
  readonly dataSource?: string;
}

/**
 * A pipeline as a chain, so that every name is typed where it is written. Each step is planned on frames without rows
 * as the file is loaded: a wrong name fails there and not at night.
 */
export class Pipeline<S extends Rows, C> implements PipelineDefinition {
  readonly name: string;
  readonly sources: Readonly<Record<string, Source>>;
  readonly settings: z.ZodType<C>;
  readonly steps: readonly Step[];
  readonly publications: readonly Publication[];
  readonly #planned: AnyFrames;

  constructor(definition: Omit<PipelineDefinition, 'settings'> & { readonly settings: z.ZodType<C> }, planned: AnyFrames) {
    this.name = definition.name;
    this.sources = definition.sources;
    this.settings = definition.settings;
    this.steps = definition.steps;
    this.publications = definition.publications;
    this.#planned = planned;
  }

  /** Adds a step: a pure function from the frames of sources and earlier steps to a frame. */
  step<const N extends string, R extends object>(
    name: N,
    run: (inputs: Frames<S>, context: StepContext<C>) => Frame<R>,
  ): Pipeline<S & Record<N, R>, C> {
    const { inputs, reads } = watched(name, this.#planned);
    const made = run(inputs as Frames<S>, { asOf: new Date(0), settings: this.settings.parse({}), services: new Set() });
    const step: Step = { name, reads: [...reads], columns: made.columns, run: run as unknown as Step['run'] };
    return new Pipeline<S & Record<N, R>, C>({ ...this.#definition(), steps: [...this.steps, step] }, { ...this.#planned, [name]: made });
  }

  /** Says which step is published, under which name and key, and what its rows hold. */
  publish<N extends keyof S & string, Row extends z.ZodObject>(table: string, options: PublishOptions<S, N, Row>): Pipeline<S, C> {
    const { from, key, row, ages = {}, indexes = [], dataSource = Object.keys(this.sources)[0] as string } = options;
    const columns = publishedColumns(row);
    const publication: Publication = {
      from: from as string,
      table: { name: table, key, columns, ages: ages as Readonly<Record<string, string>>, indexes },
      dataSource,
    };
    return new Pipeline<S, C>({ ...this.#definition(), publications: [...this.publications, publication] }, this.#planned);
  }

  #definition() {
    const { name, sources, settings, steps, publications } = this;
    return { name, sources, settings, steps, publications };
  }
}

/** The planned frames, noting which are read; a name that is not there throws. */
function watched(step: string, planned: AnyFrames): { readonly inputs: AnyFrames; readonly reads: ReadonlySet<string> } {
  const reads = new Set<string>();
  const inputs = new Proxy(planned, {
    get(target, name) {
      if (typeof name === 'symbol') return undefined;
      const frame = target[name];
      if (!frame) {
        const known = Object.keys(target);
        throw new DaybookError('frame.unknown-column', { verb: `step "${step}"`, column: name, known, suggestion: suggest(name, known) });
      }
      reads.add(name);
      return frame;
    },
  });
  return { inputs, reads };
}

/**
 * Begins a pipeline.
 * @throws TypeError for a service that is asked for a field which no source has
 * @example pipeline('customer-360', { sources: { crm: csv(crm) }, settings }).step('customers', ({ crm }) => crm).publish('customers', { from: 'customers', key: 'customer_id', row })
 */
export function pipeline<const S extends Readonly<Record<string, AnySource>>, C>(
  name: string,
  options: { readonly sources: S; readonly settings: z.ZodType<C> },
): Pipeline<{ -readonly [K in keyof S]: RowOf<S[K]['contract']['fields']> }, C> {
  const sources = options.sources as unknown as Readonly<Record<string, Source>>;
  for (const [key, { service }] of Object.entries(sources)) {
    const isKnown = service === null || Object.hasOwn(sources[service.source]?.contract.fields ?? {}, service.field);
    if (!isKnown)
      throw new TypeError(`the service of "${key}" is asked for "${service.field}" of "${service.source}", which the pipeline does not have`);
  }
  const planned = Object.fromEntries(Object.entries(sources).map(([key, source]) => [key, emptyFrame(source)]));
  return new Pipeline({ name, sources, settings: options.settings, steps: [], publications: [] }, planned);
}

/** A frame that has the columns of a source's accepted records and can be planned with, not run. */
function emptyFrame({ contract }: Source): Frame<object> {
  const flags = Object.values(contract.fields).flatMap((field) => (field.flag ? [field.flag] : []));
  return new Frame({
    columns: [...Object.keys(contract.fields), ...flags],
    inputs: [],
    build: () => {
      throw new TypeError(`"${contract.name}" is planned only: it has no rows yet`);
    },
  });
}
