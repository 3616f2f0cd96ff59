import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { FileRef, Item, JsonObject } from '#engine/item.ts';
import { runNode } from '../testing.ts';
import { editImageNode } from './execute.ts';
import { wrap } from './svg.ts';

async function image(
  width: number,
  height: number,
  color = '#ff0000',
  format: 'png' | 'jpeg' = 'png',
): Promise<FileRef> {
  const bytes = await sharp({ create: { width, height, channels: 4, background: color } })
    .toFormat(format)
    .toBuffer();
  return {
    data: bytes.toString('base64'),
    name: `photo.${format}`,
    mimeType: `image/${format}`,
    sizeBytes: bytes.length,
  };
}

async function edit(steps: JsonObject[], more: JsonObject = {}, files?: Item['files']): Promise<FileRef> {
  const inputs = { main: [{ json: {}, files: files ?? { data: await image(40, 20) } }] };
  const parameters = { operation: 'edit', steps, ...more };
  const { outputs } = await runNode(editImageNode, { parameters, inputs });
  return Object.values(outputs.main![0]!.files!).at(-1)!;
}

const open = (file: FileRef) => sharp(Buffer.from(file.data!, 'base64'));
async function sizeOf(file: FileRef) {
  const { width, height } = await open(file).metadata();
  return [width, height];
}
async function pixel(file: FileRef, x: number, y: number): Promise<number[]> {
  return [
    ...(await open(file).ensureAlpha().extract({ left: x, top: y, width: 1, height: 1 }).raw().toBuffer()),
  ];
}

test.each<[string, JsonObject, [number, number]]>([
  ['inside', { width: 20, height: 20 }, [20, 10]],
  ['by width only', { width: 20, height: 0 }, [20, 10]],
  ['outside', { width: 20, height: 20, fit: 'outside' }, [40, 20]],
  ['cover', { width: 10, height: 10, fit: 'cover' }, [10, 10]],
  ['fill', { width: 10, height: 30, fit: 'fill' }, [10, 30]],
  ['area', { width: 20, height: 10, fit: 'area' }, [20, 10]],
  ['area of other proportions', { width: 10, height: 20, fit: 'area' }, [20, 10]],
  ['only larger', { width: 400, height: 400, fit: 'only-larger' }, [40, 20]],
  ['only smaller', { width: 4, height: 4, fit: 'only-smaller' }, [40, 20]],
  ['percent', { width: 50, height: 200, fit: 'percent' }, [20, 40]],
])('resizes: %s', async (_name, step, size) => {
  expect(await sizeOf(await edit([{ step: 'resize', ...step }]))).toEqual(size);
});

test('crops what is there, and says when nothing is', async () => {
  expect(await sizeOf(await edit([{ step: 'crop', x: 30, y: -5, width: 50, height: 10 }]))).toEqual([10, 5]);
  const failed = edit([{ step: 'crop', x: 90, y: 0, width: 5, height: 5 }]);
  await expect(failed).rejects.toMatchObject({ data: { field: 'steps.0', kind: 'config' } });
});

test('adds a border, rotates and shears, one after the other', async () => {
  const bordered = await edit([{ step: 'border', width: 5, height: 2, color: '#0000ff' }]);
  expect(await sizeOf(bordered)).toEqual([50, 24]);
  expect(await pixel(bordered, 0, 0)).toEqual([0, 0, 255, 255]);
  const turned = await edit([
    { step: 'rotate', angle: 90 },
    { step: 'shear', shearX: 45 },
  ]);
  expect(await sizeOf(turned)).toEqual([60, 40]);
});

test('draws shapes and text, and puts images on top', async () => {
  const files = { data: await image(40, 20), logo: await image(10, 10, '#00ff00') };
  const step = { step: 'overlay', image: 'logo', x: 35, y: -5 };
  expect(await pixel(await edit([step], { options: { output: 'z' } }, files), 36, 2)).toEqual([
    0, 255, 0, 255,
  ]);
  const shape = await edit([{ step: 'shape', x: 0, y: 0, endX: 10, endY: 10, color: '#0000ff80' }]);
  const [red, , blue] = await pixel(shape, 5, 5);
  expect([red! > 100, blue! > 100]).toEqual([true, true]);
  const text = await edit([
    { step: 'text', text: 'I</text><rect width="40" height="20"/>', x: 0, y: 18, fontSize: 20 },
  ]);
  expect(await pixel(text, 39, 0)).toEqual([255, 0, 0, 255]);
});

test('makes a color transparent, and that white in JPEG', async () => {
  const step = { step: 'transparent', color: '#f80000', tolerance: 7 };
  expect((await pixel(await edit([step]), 3, 3))[3]).toBe(0);
  const jpeg = await edit([step], { options: { format: 'jpeg', quality: 90 } });
  expect(jpeg).toMatchObject({ name: 'photo.jpg', mimeType: 'image/jpeg' });
  expect((await pixel(jpeg, 3, 3)).every((value) => value > 250)).toBe(true);
});

test.each(['webp', 'gif', 'tiff', 'avif', 'png'])('writes %s', async (format) => {
  const file = await edit([{ step: 'blur', sigma: 1 }], { options: { format } });
  expect((await open(file).metadata()).format).toBe(format === 'avif' ? 'heif' : format);
});

test('writes BMP by itself', async () => {
  const file = await edit([{ step: 'crop', x: 0, y: 0, width: 3, height: 2 }], {
    options: { format: 'bmp' },
  });
  const bytes = Buffer.from(file.data!, 'base64');
  expect([
    bytes.toString('latin1', 0, 2),
    bytes.length,
    bytes.readInt32LE(18),
    bytes.readInt32LE(22),
  ]).toEqual(['BM', 54 + 24, 3, 2]);
  expect([...bytes.subarray(54, 57)]).toEqual([0, 0, 255]);
});

test('creates images, and tells about them', async () => {
  const parameters = { operation: 'create', width: 7, height: 3, color: 'orange', steps: [] };
  const [item] = (await runNode(editImageNode, { parameters })).outputs.main!;
  expect(await sizeOf(item!.files!.data!)).toEqual([7, 3]);
  expect(item!.files!.data).toMatchObject({ name: 'image.png', mimeType: 'image/png' });
  const inputs = { main: [item!] };
  const [told] = (await runNode(editImageNode, { parameters: { operation: 'information' }, inputs })).outputs
    .main!;
  expect(told!.json).toMatchObject({
    format: 'PNG',
    size: { width: 7, height: 3 },
    width: 7,
    hasAlpha: true,
  });
});

test.each<[string, () => Promise<unknown>]>([
  ['no image', () => edit([], {}, { data: { data: 'YQ==', mimeType: '', sizeBytes: 1 } })],
  ['a size that no memory has', () => edit([{ step: 'resize', width: 30_000, height: 30_000, fit: 'fill' }])],
  [
    'a drawing that claims to be huge',
    () =>
      edit(
        [],
        {},
        { data: svgFile('<svg xmlns="http://www.w3.org/2000/svg" width="30000" height="30000"/>') },
      ),
  ],
  ['no color', () => edit([{ step: 'border', color: 'url(x)' }])],
  ['no other image', () => edit([{ step: 'overlay', image: 'nowhere' }])],
])('refuses %s', async (_name, run) => {
  await expect(run()).rejects.toMatchObject({ data: { retryable: false } });
});

const svgFile = (svg: string): FileRef => ({
  data: Buffer.from(svg).toString('base64'),
  mimeType: '',
  sizeBytes: svg.length,
});

test('breaks lines at blanks', () => {
  expect(wrap('one two three\nfour', 8)).toEqual(['one two', 'three', 'four']);
  expect(wrap('unbreakable x', 5)).toEqual(['unbreakable', 'x']);
});
