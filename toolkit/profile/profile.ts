import { defaultSession, discard, type Frame, keep, loose, type Session } from '../frame/index.ts';
import type { Extract } from '../source/index.ts';
import type { FileProfile, ProfileDocument, Reference } from './document.ts';
import { profileFragment } from './html/fragment.ts';
import { profileText } from './plain-text.ts';
import { profileFile } from './profile-file.ts';
import { proposeContracts } from './propose/propose-contracts.ts';

/** What was found, as a document, and ways to show it. Its JSON is `daybook.profile/1`. */
export class Profile implements ProfileDocument {
  readonly schema = 'daybook.profile/1';

  constructor(
    readonly files: readonly FileProfile[],
    readonly references: readonly Reference[] = [],
  ) {}

  /** The text of a TypeScript file that states a contract for each file. */
  proposeContract(): string {
    return proposeContracts(this);
  }

  /** The profile as plain lines. */
  toString(): string {
    return profileText(this);
  }

  /** For notebooks: a MIME bundle. */
  [Symbol.for('daybook.display')](): { readonly 'text/html': string; readonly 'text/plain': string } {
    return { 'text/html': profileFragment(this), 'text/plain': profileText(this) };
  }
}

export interface ProfileOptions {
  /** What the frame is called. Default: the file it was read from, else `frame`. */
  readonly name?: string;
  readonly session?: Session;
  /** Shows values of columns that may be personal too. Default: false. */
  readonly values?: boolean;
}

/**
 * Describes a frame: for every column its type, nulls, different values, range, patterns, outliers and a guess at personal data;
 * candidate keys; and a proposed contract. All of it is worked out in the engine.
 *
 * - Shape in: any frame; numbers and dates are read as their texts.
 * - Values of columns that may be personal are not in it, unless `values` is set.
 * @throws DaybookError `engine.*`
 * @example const found = await profile(await read('data/samples/crm.csv')); found.proposeContract()
 */
export async function profile(frame: Frame<object>, options: ProfileOptions = {}): Promise<Profile> {
  const session = options.session ?? (await defaultSession());
  const { extract } = frame as { readonly extract?: Extract };
  const name = options.name ?? extract?.files[0]?.name ?? 'frame';
  // a frame that is worked out is so once, not once a pass
  const kept = frame.plan.isPlain ? null : await keep(session, frame, 'profile', 'profile a frame');
  try {
    const told = { name, bytes: extract ? bytesOf(extract) : null, malformed: malformedOf(extract), notes: [], hasValues: options.values ?? false };
    const { file } = await profileFile(session, loose(kept?.frame ?? frame), told);
    return new Profile([file]);
  } finally {
    if (kept) await discard(session, kept);
  }
}

const FIRST_MALFORMED = 5;
/** The malformed records of an extract, the first with their lines. */
export const malformedOf = (extract?: Pick<Extract, 'malformed'>): FileProfile['malformed'] => ({
  count: extract?.malformed.length ?? 0,
  first: (extract?.malformed ?? []).slice(0, FIRST_MALFORMED).map(({ line, reason }) => ({ line, reason })),
});
/** Bytes of all files of an extract. */
export const bytesOf = ({ files }: Pick<Extract, 'files'>): number => files.reduce((sum, { bytes }) => sum + bytes, 0);
