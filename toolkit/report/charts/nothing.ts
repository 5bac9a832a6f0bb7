import { Chart } from './chart.ts';
import { specOf } from './draw/spec.ts';
import { COLOURS } from './draw/theme.ts';

/** A chart that says why it is empty. */
export function nothing(why: string): Chart {
  const title = `Nothing to show: ${why}`;
  const summary = `${title}. No marks are drawn.`;
  const text = { mark: { type: 'text', color: COLOURS.quiet, fontSize: 14 }, encoding: { text: { value: 'Nothing to show' } } };
  return new Chart({ spec: specOf({ title, subtitle: '', summary, height: 60, data: [{}], layer: [text] }), title, summary, table: [] });
}
