/** Given names that are common in the United Kingdom, in lower case: where many texts begin with one, the column holds names of people. */
export const GIVEN_NAMES: readonly string[] = (
  'adam ahmed aisha alan alexander alice amelia amy andrew angela anna anne anthony ava barbara ben benjamin brian catherine charlie charlotte chloe ' +
  'christine christopher claire daniel david deborah dorothy edward elizabeth ella emily emma ethan fatima fiona freya gary george grace graham hannah ' +
  'harry helen henry isabella isla jack jacob james jane janet jason jasmine jennifer jessica joan joanne john joseph joshua julie karen katherine ' +
  'kevin laura leo liam linda lily lisa louise lucy margaret maria mark martin mary matthew mia michael michelle mohammed muhammad natalie neil nicola ' +
  'noah olivia oliver oscar patricia paul peter philip poppy priya rachel rebecca richard robert ruth samuel sandra sarah scott sharon simon sophia ' +
  'sophie stephen steven stuart susan thomas tracey victoria william yusuf zara zoe'
).split(' ');
