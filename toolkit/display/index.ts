export { type Displayer, display, displayOf, registerDisplayer } from './displayers.ts';
export { PERSONAL_FORMS } from './looks-personal.ts';
export { DISPLAY, type Displayable, type MimeBundle } from './mime-bundle.ts';
export { Shown, show } from './show.ts';
export type { ShowOptions } from './table-view.ts';
export { type DanfoFrame, type DanfoSeries, toDanfo } from './to-danfo.ts';
