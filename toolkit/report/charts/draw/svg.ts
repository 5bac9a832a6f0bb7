import type { Spec } from './spec.ts';
import { textWidth } from './text-width.ts';

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}
/** What Vega measures text with; it has no types of its own. */
interface Measured {
  readonly textMetrics: { width: (item: TextItem, text: unknown) => number };
}

const BOLD_FROM = 600;
const isBold = ({ fontWeight }: TextItem): boolean => fontWeight === 'bold' || Number(fontWeight) >= BOLD_FROM;
const refuse = async (): Promise<never> => {
  throw new TypeError('a chart holds its data: nothing is fetched');
};

/**
 * Draws a Vega-Lite specification as SVG, without a browser. Nothing is fetched: the data must be inside it.
 * @throws Error where Vega-Lite does not understand the specification
 */
export async function drawSvg(spec: Spec): Promise<string> {
  // loaded when it is needed: a second of start, and a module that CommonJS cannot load
  const [vega, lite] = await Promise.all([import('vega'), import('vega-lite')]);
  // without a canvas Vega's own guess is too wide by a third
  (vega as unknown as Measured).textMetrics.width = (item, text) => textWidth(String(text ?? ''), item.fontSize ?? 11, isBold(item));
  // a copy: Vega marks the rows it is given
  const { spec: compiled } = lite.compile(structuredClone(spec) as never);
  const view = new vega.View(vega.parse(compiled), {
    renderer: 'none',
    loader: { load: refuse, sanitize: refuse, http: refuse, file: refuse, options: {} } as never,
    logLevel: vega.Error,
  });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
