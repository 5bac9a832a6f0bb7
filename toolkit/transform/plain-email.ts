import { matches, textToText, when } from '../frame/index.ts';

/** An everyday address in lower case: part of what zod's `z.email()` accepts. */
const PLAIN = '^[a-z0-9]+(?:[._+-][a-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\\.)+[a-z]{2,}$';

/** An everyday e-mail address in lower case as it stands; null for any other text, valid or not. For `asWritten`. */
export const plainEmail = textToText((raw) => when(matches(raw, PLAIN), raw).orNull());
