import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { DISPLAY, type Displayable, type MimeBundle } from '../../display/mime-bundle.ts';
import { DaybookError } from '../../errors/index.ts';
import { drawPng } from './draw/png.ts';
import type { Datum, Spec } from './draw/spec.ts';
import { drawSvg } from './draw/svg.ts';

const SCREEN_SCALE = 2;

/** A chart: what it says, and how it is drawn. A notebook shows it; `save` writes it as a file. */
export class Chart implements Displayable {
  /** Vega-Lite v6, plain JSON, the data inside it. */
  readonly spec: Spec;
  /** The finding. */
  readonly title: string;
  /** What a person would say who reads the chart aloud, in two or three sentences. */
  readonly summary: string;
  /** What is drawn, as rows. */
  readonly table: readonly Datum[];

  constructor({
    spec,
    title,
    summary,
    table,
  }: { readonly spec: Spec; readonly title: string; readonly summary: string; readonly table: readonly Datum[] }) {
    this.spec = spec;
    this.title = title;
    this.summary = summary;
    this.table = table;
  }

  /** The chart as SVG. No browser is needed, and nothing is fetched. */
  svg(): Promise<string> {
    return drawSvg(this.spec);
  }

  /** The chart as PNG, `scale` pixels a pixel of the chart (600 wide). Default: 2. */
  async png({ scale = SCREEN_SCALE }: { readonly scale?: number } = {}): Promise<Uint8Array> {
    return drawPng(await this.svg(), scale);
  }

  /**
   * Writes the chart: `.svg`, `.png`, or `.json` for its specification. A file that is there is overwritten.
   * @throws DaybookError `chart.unknown-format`; `usage.cannot-create` where the file cannot be made
   * @example await (await charts.missingValues(accepted)).save('missing.png')
   */
  async save(path: string): Promise<void> {
    const content = await this.#as(extname(path).toLowerCase());
    if (content === null) throw new DaybookError('chart.unknown-format', { path });
    try {
      await writeFile(path, content);
    } catch (fault) {
      throw new DaybookError('usage.cannot-create', { path, reason: (fault as NodeJS.ErrnoException).code ?? 'unknown' });
    }
  }

  async #as(format: string): Promise<string | Uint8Array | null> {
    if (format === '.svg') return this.svg();
    if (format === '.png') return this.png();
    return format === '.json' ? `${JSON.stringify(this.spec, null, 2)}\n` : null;
  }

  /**
   * The chart for a notebook: JupyterLab draws the specification, nbconvert and GitHub show the picture, all else the text.
   *
   * JupyterLab 4.6 knows Vega-Lite by version 5's MIME type only; what is used here means the same in versions 5 and 6.
   */
  async [DISPLAY](): Promise<MimeBundle> {
    return {
      'application/vnd.vegalite.v5+json': { ...this.spec, $schema: 'https://vega.github.io/schema/vega-lite/v5.json' },
      'image/png': Buffer.from(await this.png()).toString('base64'),
      'text/plain': `${this.title}\n\n${this.summary}`,
    };
  }
}
