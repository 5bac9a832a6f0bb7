import { call, type Expr } from './expr/expr.ts';
import type { Session } from './session.ts';

/**
 * A JavaScript test of a text as an expression of one session's queries: null stays null, and the test runs once a
 * distinct text. About half a microsecond a value, on the JavaScript thread: for what the engine cannot say itself.
 */
export function textTest(session: Session, test: (text: string) => boolean): (text: Expr<string | null>) => Expr<boolean | null> {
  const name = session.registerTest(test);
  return (text) => call(name, text);
}
