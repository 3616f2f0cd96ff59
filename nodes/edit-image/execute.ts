import sharp, { type Metadata } from 'sharp';
import { NodeError } from '#engine/errors.ts';
import type { Item } from '#engine/item.ts';
import { sourceAt } from '#engine/items.ts';
import type { InputOf } from '../fields.ts';
import { forEachItem, implement, type OperationContext } from '../implement.ts';
import { breathe, fileOf, plainFileName, unreadable, withFile } from '../item-files.ts';
import { parseColor } from './color.ts';
import { editImage } from './definition.ts';
import { encode } from './encode.ts';
import { checkSize, load, MAX_PIXELS, type Pixels } from './pixels.ts';
import { applyStep, type Step } from './steps.ts';

type Options = InputOf<(typeof editImage)['operations']['edit']['fields']>['options'];

export const editImageNode = implement(editImage, {
  edit: (context) =>
    forEachItem(context, async (item, i, { file: name, steps, options }) => {
      const file = fileOf(item, name, i);
      try {
        const loaded = await load(await context.services.files.read(file));
        const pixels = await run(context, item, i, loaded, steps);
        return await done(context, item, i, pixels, {
          name,
          fileName: file.name,
          format: loaded.format,
          options,
        });
      } catch (thrown) {
        throw context.signal.aborted ? thrown : unreadable(file, 'image', thrown, i);
      }
    }),
  create: (context) =>
    forEachItem(context, async (item, i, { width, height, color, file: name, steps, options }) => {
      checkSize(width, height);
      const background = parseColor(color, 'color');
      const blank = sharp({ create: { width, height, channels: 4, background } });
      const pixels = await run(
        context,
        item,
        i,
        { data: await blank.raw().toBuffer(), width, height },
        steps,
      );
      return done(context, item, i, pixels, { name, fileName: undefined, format: 'png', options });
    }),
  information: (context) =>
    forEachItem(context, async (item, i, { file: name }) => {
      const file = fileOf(item, name, i);
      try {
        const bytes = await context.services.files.read(file);
        const facts = await sharp(bytes, { limitInputPixels: MAX_PIXELS }).metadata();
        const json = { ...about(facts), sizeBytes: bytes.length };
        return { json, ...(item.files ? { files: item.files } : {}), source: sourceAt(i) };
      } catch (thrown) {
        throw context.signal.aborted ? thrown : unreadable(file, 'image', thrown, i);
      }
    }),
});

async function run(
  context: OperationContext<unknown>,
  item: Item,
  itemIndex: number,
  start: Pixels,
  steps: readonly Step[],
): Promise<Pixels> {
  let pixels = start;
  for (const [n, step] of steps.entries()) {
    const field = `steps.${n}`;
    await breathe(context);
    pixels = await applyStep(pixels, step, field, {
      read: (name) => context.services.files.read(fileOf(item, name, itemIndex, `${field}.image`)),
      pause: () => breathe(context),
    });
  }
  return pixels;
}

async function done(
  context: OperationContext<unknown>,
  item: Item,
  itemIndex: number,
  pixels: Pixels,
  {
    name,
    fileName,
    format,
    options,
  }: { name: string; fileName: string | undefined; format: string; options: Options },
): Promise<Item> {
  const wanted = options.format && options.format !== 'same' ? options.format : format;
  const { bytes, mimeType, extension } = await encode(pixels, wanted, options.quality);
  const given = plainFileName(options.fileName ?? '');
  const file = await context.services.files.write(bytes, {
    name: given || renamed(fileName ?? 'image', extension),
    mimeType,
    signal: context.signal,
  });
  return {
    json: item.json,
    files: withFile(item, options.output || name, file),
    source: sourceAt(itemIndex),
  };
}

/** `photo.png` as a JPEG is `photo.jpg`. */
function renamed(name: string, extension: string): string {
  const same = { jpg: /\.jpe?g$/i, tif: /\.tiff?$/i }[extension] ?? new RegExp(`\\.${extension}$`, 'i');
  return same.test(name) ? name : `${name.replace(/\.[A-Za-z0-9]{1,5}$/, '')}.${extension}`;
}

function about({
  format,
  width,
  height,
  space,
  channels,
  depth,
  density,
  hasAlpha,
  orientation,
  pages,
}: Metadata) {
  if (!width || !height) throw new NodeError('config', 'The image has no size.');
  const facts = {
    format: format?.toUpperCase(),
    size: { width, height },
    width,
    height,
    space,
    channels,
    depth,
    density,
    hasAlpha,
    orientation,
    pages,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
