export { type ColumnProfile, type FileProfile, isPersonal, type ProfileDocument, type Reference } from './document.ts';
export { describeColumn, describeFile, describeReference, summaryOf } from './describe.ts';
export { profilePage } from './html/page.ts';
export { Profile, type ProfileOptions, profile } from './profile.ts';
export { profileFiles, type ProfileFilesOptions } from './profile-files.ts';
