/** A value of an object's member; numbers keep their source text. */
export interface JsonCell {
  readonly kind: 'null' | 'text' | 'number' | 'other';
  readonly text: string;
}

/** The text is not strict JSON at `at`. */
export class JsonFault extends Error {
  readonly at: number;

  constructor(at: number) {
    super(`no JSON at character ${at}`);
    this.name = 'JsonFault';
    this.at = at;
  }
}

const NULL: JsonCell = { kind: 'null', text: 'null' };
const OTHER: JsonCell = { kind: 'other', text: '' };
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t',
};

/** A strict JSON reader that walks one text. `lone` tells whether the escape of a lone surrogate was met. */
export class JsonReader {
  readonly text: string;
  at: number;
  lone = false;

  constructor(text: string) {
    this.text = text;
    this.at = 0;
  }

  /** The next character after JSON's own white space; undefined at the end. */
  peek(): string | undefined {
    while (' \t\n\r'.includes(this.text[this.at] ?? 'x')) this.at += 1;
    return this.text[this.at];
  }

  /** Takes one character, white space before it included. */
  take(character: string): void {
    if (this.peek() !== character) throw new JsonFault(this.at);
    this.at += 1;
  }

  /** The members of the object that begins here; of equal names the last. */
  object(): Map<string, JsonCell> {
    const members = new Map<string, JsonCell>();
    this.take('{');
    if (this.peek() === '}') {
      this.at += 1;
      return members;
    }
    for (;;) {
      const name = this.memberName();
      members.set(name, this.value());
      if (this.peek() !== ',') break;
      this.at += 1;
    }
    this.take('}');
    return members;
  }

  /** Any value; an array or object is walked to its end without recursion, and is `other`. */
  value(): JsonCell {
    const closers: string[] = [];
    let cell = OTHER;
    do {
      const opened = this.open(closers);
      if (opened === 'filled') continue;
      if (opened === 'no') cell = this.scalar();
      this.close(closers);
    } while (closers.length > 0);
    return this.text[this.at - 1] === '}' || this.text[this.at - 1] === ']' ? this.unlessText(cell) : cell;
  }

  private unlessText(cell: JsonCell): JsonCell {
    return cell;
  }

  private open(closers: string[]): 'no' | 'empty' | 'filled' {
    const character = this.peek();
    if (character !== '{' && character !== '[') return 'no';
    this.at += 1;
    const closer = character === '{' ? '}' : ']';
    closers.push(closer);
    if (this.peek() === closer) return 'empty';
    if (closer === '}') this.memberName();
    return 'filled';
  }

  private close(closers: string[]): void {
    while (closers.length > 0) {
      const closer = closers.at(-1);
      const character = this.peek();
      this.at += 1;
      if (character === closer) closers.pop();
      else if (character === ',') {
        if (closer === '}') this.memberName();
        return;
      } else throw new JsonFault(this.at - 1);
    }
  }
}
