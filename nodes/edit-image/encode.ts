import { open, type Pixels } from './pixels.ts';

/** What a format that cannot be written becomes. */
const FALLBACK = 'png';
const TYPES: Readonly<Record<string, { mimeType: string; extension: string }>> = {
  png: { mimeType: 'image/png', extension: 'png' },
  jpeg: { mimeType: 'image/jpeg', extension: 'jpg' },
  webp: { mimeType: 'image/webp', extension: 'webp' },
  avif: { mimeType: 'image/avif', extension: 'avif' },
  gif: { mimeType: 'image/gif', extension: 'gif' },
  tiff: { mimeType: 'image/tiff', extension: 'tif' },
  bmp: { mimeType: 'image/bmp', extension: 'bmp' },
};

export interface Encoded {
  bytes: Uint8Array;
  mimeType: string;
  extension: string;
}

/** The image in a format; what is transparent becomes white in those that cannot show through. */
export async function encode(pixels: Pixels, wanted: string, quality: number | undefined): Promise<Encoded> {
  const known = wanted === 'heif' ? 'avif' : wanted;
  const format = Object.hasOwn(TYPES, known) ? known : FALLBACK;
  const about = TYPES[format]!;
  if (format === 'bmp') return { bytes: await bmp(pixels), ...about };
  const image = format === 'jpeg' ? open(pixels).flatten({ background: '#ffffff' }) : open(pixels);
  const settings = quality === undefined || format === 'png' || format === 'gif' ? {} : { quality };
  return { bytes: await image.toFormat(format as 'png', settings).toBuffer(), ...about };
}

/** Three bytes per pixel, the lowest row first, rows filled up to four bytes. */
async function bmp(pixels: Pixels): Promise<Uint8Array> {
  const { width, height } = pixels;
  const rgb = await open(pixels).flatten({ background: '#ffffff' }).raw().toBuffer();
  const row = Math.ceil((width * 3) / 4) * 4;
  const bytes = Buffer.alloc(54 + row * height);
  bytes.write('BM', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  bytes.writeUInt32LE(row * height, 34);
  for (let y = 0; y < height; y++) {
    const from = (height - 1 - y) * width * 3;
    let at = 54 + y * row;
    for (let i = from; i < from + width * 3; i += 3) {
      bytes[at++] = rgb[i + 2]!;
      bytes[at++] = rgb[i + 1]!;
      bytes[at++] = rgb[i]!;
    }
  }
  return bytes;
}
