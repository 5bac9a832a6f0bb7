import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { hasOtherLetters } from './other-letters.ts';
import { COLOURS } from './theme.ts';

const fontFiles = (): string[] => {
  const folder = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  return ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) => join(folder, name));
};

/**
 * Turns SVG into PNG with the fonts that come with the package, so that it looks alike on every machine; letters they lack are taken from the machine's own.
 * @param scale pixels of the picture a pixel of the chart
 */
export async function drawPng(svg: string, scale: number): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js');
  const font = { fontFiles: fontFiles(), loadSystemFonts: hasOtherLetters(svg), defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' };
  return new Resvg(svg, { font, fitTo: { mode: 'zoom', value: scale }, background: COLOURS.background }).render().asPng();
}
