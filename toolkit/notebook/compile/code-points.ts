/** The protocol counts code points, the compiler UTF-16 units: a face of an emoji is one here and two there. */
export const toUnits = (text: string, codePoints: number): number => [...text].slice(0, codePoints).join('').length;

export const toCodePoints = (text: string, units: number): number => [...text.slice(0, units)].length;
