export { describeColumn, describeFile, describeReference, summaryOf } from './describe.ts';
export type { ColumnProfile, FileProfile, ProfileDocument, Reference } from './document.ts';
export { profilePage } from './html/page.ts';
export { Profile, type ProfileOptions, profile } from './profile.ts';
export { type ProfileFilesOptions, profileFiles } from './profile-files.ts';
export type { ProfileStep } from './steps.ts';
