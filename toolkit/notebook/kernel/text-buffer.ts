/** How long short texts are gathered, and from which size on they leave at once. */
const GATHER_MS = 20;
const FULL_CHARACTERS = 65_536;

/** Gathers what a cell prints: ten thousand lines are some messages instead of ten thousand. */
export class TextBuffer {
  readonly #send: (stream: 'stdout' | 'stderr', text: string) => void;
  #stream: 'stdout' | 'stderr' = 'stdout';
  #text = '';
  #timer: NodeJS.Timeout | null = null;

  constructor(send: (stream: 'stdout' | 'stderr', text: string) => void) {
    this.#send = send;
  }

  add(stream: 'stdout' | 'stderr', text: string): void {
    if (stream !== this.#stream) this.flush();
    this.#stream = stream;
    this.#text += text;
    if (this.#text.length >= FULL_CHARACTERS) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  /** To be called before anything else is sent. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const text = this.#text;
    this.#text = '';
    if (text !== '') this.#send(this.#stream, text);
  }
}
