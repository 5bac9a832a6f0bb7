/**
 * How a value shows itself in a notebook: for each MIME type its content, as Jupyter has it. JSON types hold JSON, images base64.
 * `text/plain` should be among them: it is what a terminal shows.
 */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** The name of the method that gives it. A global symbol: the same in every copy of the package, and no other has to import this one for it. */
export const DISPLAY: unique symbol = Symbol.for('daybook.display') as never;

/** A value that says how it is shown: `[Symbol.for('daybook.display')]()` gives a bundle, at once or later. */
export interface Displayable {
  [DISPLAY](): MimeBundle | Promise<MimeBundle>;
}
