import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

const file = field.text({
  label: 'File',
  help: 'Its name inside the item.',
  default: 'data',
  required: true,
});

const pixels = (label: string, value: number, step: readonly string[], help?: string) =>
  field.number({ label, default: value, integer: true, showIf: { step }, ...(help ? { help } : {}) });
const size = (label: string, value: number, step: readonly string[], help?: string) =>
  field.number({ label, default: value, min: 0, max: 30_000, showIf: { step }, ...(help ? { help } : {}) });

const steps = field.list({
  label: 'Steps',
  addLabel: 'Add step',
  max: 50,
  fields: {
    step: field.select({
      label: 'Do',
      options: [
        { value: 'resize', label: 'Resize' },
        { value: 'crop', label: 'Crop' },
        { value: 'rotate', label: 'Rotate' },
        { value: 'text', label: 'Write text' },
        { value: 'overlay', label: 'Put another image on it' },
        { value: 'shape', label: 'Draw a shape' },
        { value: 'border', label: 'Add a border' },
        { value: 'blur', label: 'Blur' },
        { value: 'shear', label: 'Shear' },
        { value: 'transparent', label: 'Make a color transparent' },
      ],
      default: 'resize',
    }),
    text: field.text({ label: 'Text', multiline: true, required: true, showIf: { step: ['text'] } }),
    image: field.text({
      label: 'Other image',
      help: 'Its name inside the item.',
      required: true,
      showIf: { step: ['overlay'] },
    }),
    shape: field.select({
      label: 'Shape',
      options: [
        { value: 'rectangle', label: 'Rectangle' },
        { value: 'circle', label: 'Circle', help: 'From its middle to a point on it.' },
        { value: 'line', label: 'Line' },
      ],
      default: 'rectangle',
      showIf: { step: ['shape'] },
    }),
    width: size('Width', 500, ['resize', 'crop', 'border'], 'Pixels, or percent when resizing by percent.'),
    height: size('Height', 500, ['resize', 'crop', 'border']),
    fit: field.select({
      label: 'Proportions',
      options: [
        { value: 'inside', label: 'Keep, not larger than that' },
        { value: 'outside', label: 'Keep, not smaller than that' },
        { value: 'cover', label: 'Keep, cut off what is too much' },
        { value: 'fill', label: 'Stretch to exactly that' },
        { value: 'area', label: 'Keep, with as many pixels as that has' },
        { value: 'only-larger', label: 'Keep, and only make larger images smaller' },
        { value: 'only-smaller', label: 'Keep, and only make smaller images larger' },
        { value: 'percent', label: 'Percent of what it is' },
      ],
      default: 'inside',
      showIf: { step: ['resize'] },
    }),
    x: pixels('From the left', 0, ['crop', 'text', 'overlay', 'shape']),
    y: pixels('From the top', 0, ['crop', 'text', 'overlay', 'shape'], 'Of text: its lower edge.'),
    endX: pixels('To, from the left', 250, ['shape']),
    endY: pixels('To, from the top', 250, ['shape']),
    radius: size('Round corners', 0, ['shape']),
    angle: field.number({ label: 'Degrees', default: 90, min: -360, max: 360, showIf: { step: ['rotate'] } }),
    shearX: field.number({
      label: 'Degrees to the side',
      default: 0,
      min: -89,
      max: 89,
      showIf: { step: ['shear'] },
    }),
    shearY: field.number({
      label: 'Degrees down',
      default: 0,
      min: -89,
      max: 89,
      showIf: { step: ['shear'] },
    }),
    sigma: field.number({ label: 'Strength', default: 2, min: 0.3, max: 1000, showIf: { step: ['blur'] } }),
    fontSize: size('Size of the letters', 18, ['text']),
    lineLength: field.number({
      label: 'Letters per line',
      default: 80,
      min: 1,
      integer: true,
      showIf: { step: ['text'] },
    }),
    font: field.text({ label: 'Font', placeholder: 'sans-serif', showIf: { step: ['text'] } }),
    blend: field.select({
      label: 'Mix',
      options: [
        { value: 'over', label: 'On top' },
        { value: 'multiply', label: 'Multiply' },
        { value: 'screen', label: 'Screen' },
        { value: 'overlay', label: 'Overlay' },
        { value: 'darken', label: 'Darken' },
        { value: 'lighten', label: 'Lighten' },
        { value: 'add', label: 'Add' },
        { value: 'difference', label: 'Difference' },
        { value: 'in', label: 'In' },
        { value: 'out', label: 'Out' },
        { value: 'atop', label: 'Atop' },
        { value: 'xor', label: 'Xor' },
      ],
      default: 'over',
      showIf: { step: ['overlay'] },
    }),
    color: field.text({
      label: 'Color',
      default: '#000000',
      placeholder: '#ff8800',
      help: 'Also with transparency: #ff880080.',
      showIf: { step: ['text', 'shape', 'border', 'rotate', 'shear', 'transparent'] },
    }),
    tolerance: field.number({
      label: 'Similar colors too',
      help: '0 to 255: how far each of red, green and blue may be off.',
      default: 0,
      min: 0,
      max: 255,
      integer: true,
      showIf: { step: ['transparent'] },
    }),
  },
});

const options = field.options({
  label: 'Options',
  fields: {
    format: field.select({
      label: 'Format',
      options: [
        { value: 'same', label: 'As it was' },
        { value: 'png', label: 'PNG' },
        { value: 'jpeg', label: 'JPEG' },
        { value: 'webp', label: 'WebP' },
        { value: 'avif', label: 'AVIF' },
        { value: 'gif', label: 'GIF' },
        { value: 'tiff', label: 'TIFF' },
        { value: 'bmp', label: 'BMP' },
      ],
      default: 'same',
    }),
    quality: field.number({
      label: 'Quality',
      help: 'Of JPEG, WebP, AVIF and TIFF.',
      min: 1,
      max: 100,
      integer: true,
    }),
    fileName: field.text({ label: 'File name', placeholder: 'photo.jpg' }),
    output: field.text({ label: 'Call the image', help: 'Its name inside the item. Empty: as before.' }),
  },
});

export const editImage = defineNode({
  type: 'edit-image',
  version: 1,
  kind: 'data',
  name: 'Edit image',
  category: 'Data',
  description: 'Changes images: resize, crop, rotate, write on them, convert them.',
  search: [
    'picture',
    'photo',
    'resize',
    'crop',
    'rotate',
    'thumbnail',
    'watermark',
    'png',
    'jpeg',
    'webp',
    'convert',
  ],
  icon: 'image',
  color: 'emerald',
  operations: {
    edit: operation({
      label: 'Edit',
      summary: 'Does one step after the other with an image.',
      effect: 'read',
      fields: { file, steps, options },
      inputs: MAIN,
      outputs: MAIN,
      sample: [
        { json: {}, files: { data: { name: 'photo.jpg', mimeType: 'image/jpeg', sizeBytes: 48_000 } } },
      ],
    }),
    create: operation({
      label: 'Create',
      summary: 'Makes a new image of one color, and goes on from there.',
      effect: 'read',
      fields: {
        width: field.number({ label: 'Width', default: 500, min: 1, max: 30_000, integer: true }),
        height: field.number({ label: 'Height', default: 500, min: 1, max: 30_000, integer: true }),
        color: field.text({ label: 'Color', default: '#ffffff' }),
        file: field.text({
          label: 'Call the image',
          help: 'Its name inside the item.',
          default: 'data',
          required: true,
        }),
        steps,
        options,
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: {}, files: { data: { name: 'image.png', mimeType: 'image/png', sizeBytes: 4200 } } }],
    }),
    information: operation({
      label: 'Information',
      summary: 'Tells size and kind of an image.',
      effect: 'read',
      fields: { file },
      inputs: MAIN,
      outputs: MAIN,
      sample: [
        {
          json: {
            format: 'JPEG',
            size: { width: 1200, height: 800 },
            width: 1200,
            height: 800,
            hasAlpha: false,
          },
        },
      ],
    }),
  },
});
