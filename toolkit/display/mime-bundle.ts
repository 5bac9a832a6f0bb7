/** One thing in several forms, by MIME type, as Jupyter's `display_data` takes it: texts, base64 for images, JSON for `…+json`. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** Under this symbol a value answers how a notebook shows it. Any kernel may ask: the symbol is the same in every copy of the package. */
export const DISPLAY: unique symbol = Symbol.for('daybook.display') as never;

/** A value that knows how a notebook shows it. */
export interface Displayable {
  [DISPLAY](): Promise<MimeBundle> | MimeBundle;
}
