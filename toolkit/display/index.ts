export { displayOf, Shown, show } from './display-of.ts';
export { DISPLAY, type Displayable, type MimeBundle } from './mime-bundle.ts';
export type { ShowOptions } from './table-view.ts';
