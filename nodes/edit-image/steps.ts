import { NodeError } from '#engine/errors.ts';
import type { InputOf } from '../fields.ts';
import { type Color, parseColor } from './color.ts';
import type { editImage } from './definition.ts';
import { checkSize, finish, load, open, type Pixels } from './pixels.ts';
import { shapeSvg, textSvg } from './svg.ts';

export type Step = InputOf<(typeof editImage)['operations']['edit']['fields']>['steps'][number];

export interface StepTools {
  /** Bytes of another file of the item. */
  read(name: string): Promise<Uint8Array>;
  pause(): Promise<void>;
}

/** The image after one step. `field` is the place of the step in the parameters, for messages. Throws NodeError. */
export async function applyStep(
  pixels: Pixels,
  step: Step,
  field: string,
  tools: StepTools,
): Promise<Pixels> {
  const color = () => parseColor(step.color, `${field}.color`);
  switch (step.step) {
    case 'resize':
      return resize(pixels, step);
    case 'crop':
      return crop(pixels, step, field);
    case 'border': {
      const { width, height } = step;
      checkSize(pixels.width + 2 * width, pixels.height + 2 * height);
      return finish(
        open(pixels).extend({
          top: Math.round(height),
          bottom: Math.round(height),
          left: Math.round(width),
          right: Math.round(width),
          background: color(),
        }),
      );
    }
    case 'blur':
      return finish(open(pixels).blur(step.sigma));
    case 'rotate': {
      const diagonal = Math.hypot(pixels.width, pixels.height);
      checkSize(Math.min(diagonal, 60_000) / Math.SQRT2, Math.min(diagonal, 60_000) / Math.SQRT2);
      return finish(open(pixels).rotate(step.angle, { background: color() }));
    }
    case 'shear':
      return shear(pixels, step, color());
    case 'overlay':
      return overlay(pixels, await load(await tools.read(step.image)), step);
    case 'shape':
      return draw(pixels, shapeSvg(pixels, step, color()));
    case 'text':
      return draw(pixels, textSvg(pixels, step, color()));
    case 'transparent':
      return makeTransparent(pixels, color(), step.tolerance, tools.pause);
  }
}

async function resize(pixels: Pixels, { fit, width, height }: Step): Promise<Pixels> {
  const given = { width: Math.round(width) || undefined, height: Math.round(height) || undefined };
  if (given.width === undefined && given.height === undefined) return pixels;
  const target = targetSize(pixels, fit, width, height);
  checkSize(target.width, target.height);
  if (fit === 'cover' && given.width && given.height)
    return finish(open(pixels).resize({ ...given, fit: 'cover' }));
  return finish(open(pixels).resize({ ...target, fit: 'fill' }));
}

/** Zero for a side: as the proportions want it. */
function targetSize(pixels: Pixels, fit: Step['fit'], width: number, height: number) {
  const byWidth = width > 0 ? width / pixels.width : Number.NaN;
  const byHeight = height > 0 ? height / pixels.height : Number.NaN;
  const both = [byWidth, byHeight].filter((scale) => !Number.isNaN(scale));
  const least = Math.min(...both);
  const most = Math.max(...both);
  const scaled = (x: number, y = x) => ({
    width: Math.max(1, Math.round(pixels.width * x)),
    height: Math.max(1, Math.round(pixels.height * y)),
  });
  switch (fit) {
    case 'percent':
      return scaled((width || height) / 100, (height || width) / 100);
    case 'fill':
      return both.length === 2 ? scaled(byWidth, byHeight) : scaled(least);
    case 'outside':
    case 'cover':
      return scaled(most);
    case 'area':
      return both.length === 2 ? scaled(Math.sqrt(byWidth * byHeight)) : scaled(least);
    case 'only-larger':
      return scaled(Math.min(1, least));
    case 'only-smaller':
      return scaled(Math.max(1, least));
    default:
      return scaled(least);
  }
}

async function crop(pixels: Pixels, { x, y, width, height }: Step, field: string): Promise<Pixels> {
  const left = Math.max(0, x);
  const top = Math.max(0, y);
  const area = {
    left,
    top,
    width: Math.min(pixels.width - left, Math.round(width) + Math.min(0, x)),
    height: Math.min(pixels.height - top, Math.round(height) + Math.min(0, y)),
  };
  if (area.width < 1 || area.height < 1)
    throw new NodeError(
      'config',
      `Nothing is left: the image has ${pixels.width} × ${pixels.height} pixels.`,
      { field },
    );
  return finish(open(pixels).extract(area));
}

async function shear(pixels: Pixels, { shearX, shearY }: Step, background: Color): Promise<Pixels> {
  const x = Math.tan((shearX * Math.PI) / 180);
  const y = Math.tan((shearY * Math.PI) / 180);
  checkSize(pixels.width + Math.abs(x) * pixels.height, pixels.height + Math.abs(y) * pixels.width);
  return finish(open(pixels).affine([1, x, y, 1], { background }));
}

/** The part of the other image that lies on this one. */
async function overlay(pixels: Pixels, other: Pixels, { x, y, blend }: Step): Promise<Pixels> {
  const left = Math.max(0, -x);
  const top = Math.max(0, -y);
  const width = Math.min(other.width - left, pixels.width - Math.max(0, x));
  const height = Math.min(other.height - top, pixels.height - Math.max(0, y));
  if (width < 1 || height < 1) return pixels;
  const visible = await finish(open(other).extract({ left, top, width, height }));
  const raw = { width, height, channels: 4 as const };
  return finish(
    open(pixels).composite([{ input: visible.data, raw, left: Math.max(0, x), top: Math.max(0, y), blend }]),
  );
}

const draw = (pixels: Pixels, svg: string): Promise<Pixels> =>
  finish(open(pixels).composite([{ input: Buffer.from(svg), left: 0, top: 0 }]));

const PIXELS_AT_ONCE = 500_000;

async function makeTransparent(
  { data, width, height }: Pixels,
  color: { r: number; g: number; b: number },
  tolerance: number,
  pause: () => Promise<void>,
): Promise<Pixels> {
  const near = (value: number, wanted: number) => Math.abs(value - wanted) <= tolerance;
  for (let pixel = 0; pixel < width * height; pixel++) {
    const at = pixel * 4;
    if (near(data[at]!, color.r) && near(data[at + 1]!, color.g) && near(data[at + 2]!, color.b))
      data[at + 3] = 0;
    if (pixel % PIXELS_AT_ONCE === 0) await pause();
  }
  return { data, width, height };
}
