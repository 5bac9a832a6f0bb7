import { type Profile, profilePage } from '../../toolkit/profile/index.ts';
import type { Context } from '../context.ts';
import { paperOf } from '../render/paper.ts';
import { profileLines } from './profile-lines.ts';

/** A profile as the whole text of a file. */
export function profileDocument(
  found: Profile,
  form: 'text' | 'html' | 'json' | 'contract',
  { stdout, env }: Pick<Context, 'stdout' | 'env'>,
): string {
  switch (form) {
    case 'json':
      return `${JSON.stringify(found)}\n`;
    case 'contract':
      return found.proposeContract();
    case 'html':
      return profilePage(found);
    case 'text':
      return `${profileLines(found, paperOf({ ...stdout, isTTY: false, columns: null }, { ...env, NO_COLOR: '1' })).join('\n')}\n`;
    default:
      throw form satisfies never;
  }
}
