import { Resvg } from '@resvg/resvg-js';

/** A PNG's width and height. */
export const sizeOf = (png: Uint8Array): readonly [width: number, height: number] => [
  Buffer.from(png).readUInt32BE(16),
  Buffer.from(png).readUInt32BE(20),
];

/** The pixels of a PNG, decoded: four bytes each. */
export function pixelsOf(png: Uint8Array): Buffer {
  const [width, height] = sizeOf(png);
  const image = `<image width="${width}" height="${height}" href="data:image/png;base64,${Buffer.from(png).toString('base64')}"/>`;
  return new Resvg(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${image}</svg>`).render().pixels;
}

/** How much of a picture is drawn: the share of pixels that are not of its commonest colour, and how many colours there are. */
export function inkOf(png: Uint8Array): { readonly share: number; readonly colours: number } {
  const pixels = pixelsOf(png);
  const counts = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += 4) {
    const colour = pixels.readUInt32BE(at);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const all = pixels.length / 4;
  return { share: 1 - Math.max(...counts.values()) / all, colours: counts.size };
}
