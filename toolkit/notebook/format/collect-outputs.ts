import type { CellError, CellOutput } from '../session/cell-output.ts';
import { multiLine, type Output, plainText } from './notebook-file.ts';

const isJson = (type: string): boolean => /^application\/(?:.*\+)?json$/.test(type);

/** A bundle as a file keeps it: texts by lines, JSON as it is. */
const kept = (data: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(data).map(([type, content]) => [type, typeof content === 'string' && !isJson(type) ? keptText(type, content) : content]),
  );

const keptText = (type: string, content: string): unknown => (type.startsWith('image/') && type !== 'image/svg+xml' ? content : multiLine(content));

/** Collects what a cell gives into the outputs that its notebook keeps. */
export class OutputCollector {
  /** Streams as one text each: their lines are taken apart once, at the end. */
  readonly #outputs: Output[] = [];
  readonly #displays = new Map<string, number>();
  readonly #count: number;

  constructor(executionCount: number) {
    this.#count = executionCount;
  }

  get outputs(): Output[] {
    return this.#outputs.map((it) => (it.output_type === 'stream' ? { ...it, text: multiLine(plainText(it.text)) } : it));
  }

  add(output: CellOutput): void {
    if (output.kind === 'stream') this.#stream(output.stream, output.text);
    else if (output.kind === 'result')
      this.#outputs.push({ output_type: 'execute_result', execution_count: this.#count, data: kept(output.data), metadata: {} });
    else this.#display(output);
  }

  fail({ name, message, traceback }: CellError): void {
    this.#outputs.push({ output_type: 'error', ename: name, evalue: message, traceback });
  }

  #stream(name: 'stdout' | 'stderr', text: string): void {
    const last = this.#outputs.at(-1);
    if (last?.output_type === 'stream' && last.name === name) last.text += text;
    else this.#outputs.push({ output_type: 'stream', name, text });
  }

  #display({ data, metadata, displayId, isUpdate }: Extract<CellOutput, { kind: 'display' }>): void {
    const output: Output = { output_type: 'display_data', data: kept(data), metadata };
    const known = displayId === null ? undefined : this.#displays.get(displayId);
    if (isUpdate && known !== undefined) this.#outputs[known] = output;
    else if (!isUpdate) {
      if (displayId !== null) this.#displays.set(displayId, this.#outputs.length);
      this.#outputs.push(output);
    }
  }
}
