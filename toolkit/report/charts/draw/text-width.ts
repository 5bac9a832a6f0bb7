/** Widths of DejaVu Sans in parts of its size, by kinds of characters: near enough to lay text out without drawing it. */
const KINDS: readonly (readonly [RegExp, number])[] = [
  [/[\p{M}\p{Cf}]/u, 0],
  [/[ijl.,:;'|!\u2019·]/u, 0.32],
  [/[ ftI()[\]/\\-]/u, 0.37],
  [/[rszcvxyk"]/u, 0.55],
  [/[mwMW%@…—•]/u, 0.95],
  [/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uff00-\uff60]|\p{Emoji_Presentation}/u, 1],
  [/\p{Lu}/u, 0.7],
];
const OTHER = 0.63;
const BOLD = 1.12;

/** About how many pixels a text takes. Never much less than it does. */
export function textWidth(text: string, fontSize: number, isBold: boolean): number {
  const ems = [...text].reduce((sum, at) => sum + (KINDS.find(([kind]) => kind.test(at))?.[1] ?? OTHER), 0);
  return ems * fontSize * (isBold ? BOLD : 1);
}
