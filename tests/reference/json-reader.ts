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

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NULL: JsonCell = { kind: 'null', text: 'null' };
const OTHER: JsonCell = { kind: 'other', text: '' };
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
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
      if (opened === 'no') {
        const scalar = this.scalar();
        if (closers.length === 0) cell = scalar;
      }
      this.close(closers);
    } while (closers.length > 0);
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

  /** After a value: takes closers until a comma promises another value. */
  private close(closers: string[]): void {
    while (closers.length > 0) {
      const closer = closers.at(-1);
      const character = this.peek();
      this.at += 1;
      if (character === closer) closers.pop();
      else if (character !== ',') throw new JsonFault(this.at - 1);
      else {
        if (closer === '}') this.memberName();
        return;
      }
    }
  }

  private memberName(): string {
    const name = this.string();
    this.take(':');
    return name;
  }

  private scalar(): JsonCell {
    const first = this.peek();
    if (first === '"') return { kind: 'text', text: this.string() };
    if (first === 'n') return this.word('null', NULL);
    if (first === 't') return this.word('true', OTHER);
    if (first === 'f') return this.word('false', OTHER);
    return this.number();
  }

  private word(word: string, cell: JsonCell): JsonCell {
    if (!this.text.startsWith(word, this.at)) throw new JsonFault(this.at);
    this.at += word.length;
    return cell;
  }

  private number(): JsonCell {
    const start = this.at;
    if (this.text[this.at] === '-') this.at += 1;
    if (this.text[this.at] === '0') this.at += 1;
    else this.digits();
    if (this.text[this.at] === '.') {
      this.at += 1;
      this.digits();
    }
    if (this.text[this.at] === 'e' || this.text[this.at] === 'E') {
      this.at += 1;
      if (this.text[this.at] === '+' || this.text[this.at] === '-') this.at += 1;
      this.digits();
    }
    return { kind: 'number', text: this.text.slice(start, this.at) };
  }

  private digits(): void {
    const start = this.at;
    while ('0123456789'.includes(this.text[this.at] ?? 'x')) this.at += 1;
    if (this.at === start) throw new JsonFault(this.at);
  }

  private string(): string {
    this.take('"');
    const parts: string[] = [];
    let from = this.at;
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (Number.isNaN(code) || code < 0x20) throw new JsonFault(this.at);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        parts.push(this.text.slice(from, this.at), this.escape());
        from = this.at;
      } else this.at += 1;
    }
    parts.push(this.text.slice(from, this.at));
    this.at += 1;
    return parts.join('');
  }

  /** One escape; two that make a surrogate pair are taken together, and any other surrogate is lone. */
  private escape(): string {
    const letter = this.text[this.at + 1] ?? '';
    if (letter !== 'u') {
      const plain = ESCAPES[letter];
      if (plain === undefined) throw new JsonFault(this.at);
      this.at += 2;
      return plain;
    }
    const unit = this.unit();
    if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit);
    if (unit <= 0xdbff && /^\\u[dD][c-fC-F]/.test(this.text.slice(this.at, this.at + 4))) {
      return String.fromCharCode(unit, this.unit());
    }
    this.lone = true;
    return String.fromCharCode(unit);
  }

  private unit(): number {
    const hex = this.text.slice(this.at + 2, this.at + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw new JsonFault(this.at);
    this.at += 6;
    return Number.parseInt(hex, 16);
  }
}
