import { BOOLEAN, type DuckDBConnection, DuckDBScalarFunction, type DuckDBType, VARCHAR } from '@duckdb/node-api';

/** Texts of one column tend to come again: what a function gave is kept for this many of them. */
const REMEMBERED = 100_000;

/** Remembers what a pure function of texts gave, forgetting all when there are too many. */
export function remembered<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const seen = known.get(text);
    if (seen !== undefined) return seen;
    if (known.size >= REMEMBERED) known.clear();
    const made = work(text);
    known.set(text, made);
    return made;
  };
}

/** Makes a JavaScript function of one text an engine function: null gives null. About half a microsecond a value, on the JavaScript thread. */
function register<T extends string | boolean>(connection: DuckDBConnection, name: string, returnType: DuckDBType, work: (text: string) => T): void {
  const once = remembered(work);
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name,
      parameterTypes: [VARCHAR],
      returnType,
      mainFunction: (_, input, output) => {
        const texts = input.getColumnVector(0);
        for (let i = 0; i < input.rowCount; i++) {
          const text = texts.getItem(i) as string | null;
          output.setItem(i, text === null ? null : once(text));
        }
        output.flush();
      },
    }),
  );
}

const WORD_START = /(?<=^|[ \-'’])./gsu;
/** Lower case, then the first character of each word in upper case. */
export const titleCased = (text: string): string => text.toLowerCase().replace(WORD_START, (first) => first.toUpperCase());

const behindDot =
  (work: (text: string) => string) =>
  (dotted: string): string =>
    work(dotted.slice(1));

/** JavaScript's own text functions, where the engine's differ. Each takes its text behind a dot, which it takes off. */
export function registerJavaScript(connection: DuckDBConnection): void {
  register(
    connection,
    'js_lower',
    VARCHAR,
    behindDot((text) => text.toLowerCase()),
  );
  register(
    connection,
    'js_upper',
    VARCHAR,
    behindDot((text) => text.toUpperCase()),
  );
  register(connection, 'js_title', VARCHAR, behindDot(titleCased));
}

/** Makes a JavaScript test of one text an engine function, worked out once a distinct text. */
export const registerTest = (connection: DuckDBConnection, name: string, test: (text: string) => boolean): void =>
  register(connection, name, BOOLEAN, test);
