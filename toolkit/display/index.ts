export { Shown, show } from './show.ts';
export type { ShowOptions } from './table-view.ts';
export { type DanfoFrame, toDanfo } from './to-danfo.ts';
