import type { SourceName } from './types.ts';

/** Why a file stops the run. */
export type StopReason = 'empty' | 'missing-column' | 'duplicate-column' | 'not-utf8' | 'binary' | 'open-quote' | 'json';

/** A file that stops the run before anything is loaded. `line` is the physical line, where one can be named. */
export class ReferenceStop extends Error {
  readonly exit = 65;
  readonly source: SourceName;
  readonly file: string;
  readonly line: number | null;
  readonly what: StopReason;

  constructor(source: SourceName, file: string, line: number | null, what: StopReason) {
    super(`"${file}" of ${source} stops the run: ${what}${line === null ? '' : `, line ${line}`}`);
    this.name = 'ReferenceStop';
    this.source = source;
    this.file = file;
    this.line = line;
    this.what = what;
  }
}
