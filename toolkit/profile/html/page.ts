import type { ProfileDocument } from '../document.ts';
import { profileFragment } from './fragment.ts';
import { escaped } from './markup.ts';

/** A profile as a page of its own: no script, nothing fetched, light and dark as the reader has it. */
export function profilePage(profile: ProfileDocument): string {
  const title = `Profile of ${profile.files.map(({ name }) => name).join(', ')}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>body{margin:0;background:Canvas}main{max-width:70rem;margin:0 auto;padding:1.5rem}main>.daybook-profile{background:none}</style>
</head>
<body>
<main>
${profileFragment(profile, title)}
</main>
</body>
</html>
`;
}
