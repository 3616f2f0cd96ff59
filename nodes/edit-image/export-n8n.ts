import { asStated, core, inverted, list } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record, text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

const FITS = inverted({
  ignoreAspectRatio: 'fill',
  maximumArea: 'area',
  minimumArea: 'outside',
  onlyIfLarger: 'only-larger',
  onlyIfSmaller: 'only-smaller',
  percent: 'percent',
});
const BLENDS = inverted({
  Add: 'add',
  Atop: 'atop',
  Difference: 'difference',
  In: 'in',
  Multiply: 'multiply',
  Out: 'out',
  Over: 'over',
  Xor: 'xor',
});

export const exporter: N8nExporter = ({ parameters: all }, { stated }) => {
  const parameters = asStated(all, stated, 'file');
  const { operation = 'edit', file } = parameters;
  if (operation === 'information')
    return core('editImage', 1, { operation: 'information', dataPropertyName: file });
  const creation = {
    operation: 'create',
    width: parameters.width,
    height: parameters.height,
    backgroundColor: colorOf(parameters.color),
  };
  const steps = [...(operation === 'create' ? [creation] : []), ...list(parameters.steps).map(stepOf)];
  const [only] = steps;
  const options = record(parameters.options);
  return core(
    'editImage',
    1,
    {
      ...(steps.length === 1 ? only : { operation: 'multiStep', operations: { operations: steps } }),
      dataPropertyName: file,
      options: compact({
        format: options.format,
        quality: options.quality,
        fileName: options.fileName,
        destinationKey: options.output,
      }),
    },
    { approximated: 'n8n makes images with another library: they may differ in details.' },
  );
};

function stepOf(row: Values): Values {
  const { x, y, width, height } = row;
  const place = { positionX: x, positionY: y };
  const color = colorOf(row.color);
  const operation = text(row.step, 'resize');
  switch (operation) {
    case 'blur':
      // Theirs has two numbers for it and goes by the second.
      return { operation, sigma: row.sigma };
    case 'border':
      return { operation, borderWidth: width, borderHeight: height, borderColor: color };
    case 'overlay':
      return {
        operation: 'composite',
        dataPropertyNameComposite: row.image,
        operator: BLENDS[text(row.blend)] ?? 'Over',
        ...place,
      };
    case 'crop':
      return { operation, width, height, ...place };
    case 'shape':
      return {
        operation: 'draw',
        primitive: row.shape,
        color,
        startPositionX: x,
        startPositionY: y,
        endPositionX: row.endX,
        endPositionY: row.endY,
        cornerRadius: row.radius,
      };
    case 'rotate':
      return { operation, rotate: row.angle, backgroundColor: color };
    case 'shear':
      return { operation, degreesX: row.shearX, degreesY: row.shearY };
    case 'text':
      return {
        operation,
        text: row.text,
        fontSize: row.fontSize,
        fontColor: color,
        ...place,
        lineLength: row.lineLength,
      };
    case 'transparent':
      return { operation, color };
    default:
      return { operation: 'resize', width, height, resizeOption: FITS[text(row.fit)] ?? row.fit };
  }
}

/** The last two digits say how much one sees through the color there; here they say how much one does not. */
function colorOf(value: unknown): unknown {
  const match = /^(#[0-9a-f]{6})([0-9a-f]{2})$/i.exec(text(value));
  if (!match) return value;
  return match[1]! + (255 - Number.parseInt(match[2]!, 16)).toString(16).padStart(2, '0');
}
