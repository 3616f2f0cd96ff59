import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { compact, record, rows, text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

export const importers: readonly N8nImporter[] = [{ types: ['n8n-nodes-base.editImage'], map: mapEdit }];

function mapEdit({ parameters }: N8nNode): ImportedNode | string {
  const operation = text(parameters.operation, 'border');
  const options = record(parameters.options);
  const file = text(parameters.dataPropertyName) || undefined;
  if (operation === 'information')
    return {
      type: 'edit-image',
      parameters: compact({ operation, file }),
      approximated: 'It tells fewer facts of the image.',
    };
  const list = operation === 'multiStep' ? rows(parameters.operations, 'operations') : [parameters];
  const [first, ...others] = list;
  const creates = first?.operation === 'create';
  const steps: Values[] = [];
  for (const row of creates ? others : list) {
    const step = stepOf(row);
    if (typeof step === 'string') return step;
    steps.push(step);
  }
  return {
    type: 'edit-image',
    parameters: compact({
      operation: creates ? 'create' : 'edit',
      file,
      ...(creates
        ? {
            width: first.width ?? 50,
            height: first.height ?? 50,
            color: colorOf(first.backgroundColor, '#ffffff00'),
          }
        : {}),
      steps,
      options: compact({
        format: text(options.format) || undefined,
        quality: options.quality,
        fileName: text(options.fileName) || undefined,
        output: text(options.destinationKey) || undefined,
      }),
    }),
    approximated: 'Images are made by another library: they may differ in details.',
  };
}

const FITS: Record<string, string> = {
  ignoreAspectRatio: 'fill',
  maximumArea: 'area',
  minimumArea: 'outside',
  onlyIfLarger: 'only-larger',
  onlyIfSmaller: 'only-smaller',
  percent: 'percent',
};
const BLENDS: Record<string, string> = {
  Add: 'add',
  Atop: 'atop',
  Difference: 'difference',
  In: 'in',
  Multiply: 'multiply',
  Out: 'out',
  Over: 'over',
  Plus: 'add',
  Xor: 'xor',
};

/** One step with the defaults of the original, or why there is none. */
function stepOf(row: Values): Values | string {
  const step = text(row.operation, 'border');
  switch (step) {
    case 'blur':
      return { step, sigma: row.sigma ?? 2 };
    case 'border':
      return {
        step,
        width: row.borderWidth ?? 10,
        height: row.borderHeight ?? 10,
        color: colorOf(row.borderColor, '#000000'),
      };
    case 'composite': {
      const blend = BLENDS[text(row.operator, 'Over')];
      if (blend === undefined) return `It mixes images by “${text(row.operator)}”.`;
      return {
        step: 'overlay',
        image: text(row.dataPropertyNameComposite),
        x: row.positionX ?? 0,
        y: row.positionY ?? 0,
        blend,
      };
    }
    case 'crop':
      return {
        step,
        width: row.width ?? 500,
        height: row.height ?? 500,
        x: row.positionX ?? 0,
        y: row.positionY ?? 0,
      };
    case 'draw':
      return {
        step: 'shape',
        shape: text(row.primitive, 'rectangle'),
        color: colorOf(row.color, '#ff000000'),
        x: row.startPositionX ?? 50,
        y: row.startPositionY ?? 50,
        endX: row.endPositionX ?? 250,
        endY: row.endPositionY ?? 250,
        radius: row.cornerRadius ?? 0,
      };
    case 'resize':
      return {
        step,
        width: row.width ?? 500,
        height: row.height ?? 500,
        fit: FITS[text(row.resizeOption, 'maximumArea')] ?? 'area',
      };
    case 'rotate':
      return { step, angle: row.rotate ?? 0, color: colorOf(row.backgroundColor, '#ffffffff') };
    case 'shear':
      return { step, shearX: row.degreesX ?? 0, shearY: row.degreesY ?? 0, color: '#ffffff' };
    case 'text':
      return {
        step,
        text: text(row.text),
        fontSize: row.fontSize ?? 18,
        color: colorOf(row.fontColor, '#000000'),
        x: row.positionX ?? 50,
        y: row.positionY ?? 50,
        lineLength: row.lineLength ?? 80,
      };
    case 'transparent':
      return { step, color: colorOf(row.color, '#ff0000') };
    default:
      return step === 'create' ? 'It makes a new image in the middle of its steps.' : `It does “${step}”.`;
  }
}

/** The last two digits said how much one sees through the color; here they say how much one does not. */
function colorOf(value: unknown, fallback: string): string {
  const color = text(value) || fallback;
  const match = /^(#[0-9a-f]{6})([0-9a-f]{2})$/i.exec(color);
  if (!match) return color;
  return match[1]! + (255 - Number.parseInt(match[2]!, 16)).toString(16).padStart(2, '0');
}
