import { Frame, type Session } from '../frame/index.ts';
import { registerDisplayer } from './displayers.ts';
import { DISPLAY, type Displayable, type MimeBundle } from './mime-bundle.ts';
import { cellsOfFrame, cellsOfTable, isArqueroTable } from './table-cells.ts';
import { tableHtml } from './table-html.ts';
import { tableText } from './table-text.ts';
import { type Cells, type ShowOptions, viewOf } from './table-view.ts';

const bundleOf = (cells: Cells, options: ShowOptions): MimeBundle => {
  const view = viewOf(cells, options);
  return { 'text/html': tableHtml(view), 'text/plain': tableText(view) };
};

/** What `show` gives: displayed where it stands as a cell's last expression. */
export class Shown implements Displayable {
  constructor(private readonly make: () => Promise<MimeBundle>) {}
  [DISPLAY](): Promise<MimeBundle> {
    return this.make();
  }
  /** The table as plain text, for a script. */
  async text(): Promise<string> {
    return String((await this.make())['text/plain']);
  }
}

/**
 * A frame or an Arquero table as a notebook shows it, with other rows, or with personal columns as they are.
 *
 * - Rows: the first 10 and the last 5, unless told otherwise.
 * - Personal columns (tagged by a contract, or worked out from one that is) are masked unless `personal` names them or is true.
 * @example show(accepted, { personal: ['email'], first: 20 })
 */
export const show = (value: Frame<object> | Parameters<typeof cellsOfTable>[0], options: ShowOptions & { readonly session?: Session } = {}): Shown =>
  new Shown(async () => bundleOf(value instanceof Frame ? await cellsOfFrame(value, options) : cellsOfTable(value, options), options));

/** A frame answers a kernel by itself. It is given its answer here, as the room of frames knows nothing of how they are shown. */
Object.defineProperty(Frame.prototype, DISPLAY, {
  value(this: Frame<object>) {
    return show(this)[DISPLAY]();
  },
});

/** An Arquero table has no method of ours: it is recognised. */
registerDisplayer((value) => (isArqueroTable(value) ? bundleOf(cellsOfTable(value, {}), {}) : null));
