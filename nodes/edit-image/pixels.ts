import sharp, { type Sharp } from 'sharp';
import { NodeError } from '#engine/errors.ts';

/** An image between two steps: four bytes per pixel, row by row. */
export interface Pixels {
  data: Buffer;
  width: number;
  height: number;
}

/** 40 million: 160 MB while it is being worked on. */
export const MAX_PIXELS = 40_000_000;

export function open({ data, width, height }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: MAX_PIXELS });
}

/** Only the first picture of an animation; turned as its camera was held. Throws what the image library throws. */
export async function load(bytes: Uint8Array): Promise<Pixels & { format: string }> {
  const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 });
  const { format } = await image.metadata();
  return { ...(await finish(image.autoOrient())), format: format ?? 'png' };
}

export async function finish(image: Sharp): Promise<Pixels> {
  const { data, info } = await image
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Throws NodeError(limit) before memory is asked for that much. */
export function checkSize(width: number, height: number): void {
  if (width * height <= MAX_PIXELS && width >= 1 && height >= 1) return;
  throw new NodeError(
    'limit',
    `An image of ${Math.round(width)} × ${Math.round(height)} pixels cannot be made here.`,
    {
      retryable: false,
      detail: 'At most 40 million pixels.',
    },
  );
}
