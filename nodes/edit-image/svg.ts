import { encodeEntities } from '../xml-reader.ts';
import type { Color } from './color.ts';
import type { Pixels } from './pixels.ts';
import type { Step } from './steps.ts';

const MAX_TEXT = 10_000;

/** Drawings of the image's own size; all text in them is escaped, so that nothing of it is read as a drawing. */
const svg = ({ width, height }: Pixels, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`;

const paint = (kind: 'fill' | 'stroke', { r, g, b, alpha }: Color): string =>
  `${kind}="rgb(${r},${g},${b})" ${kind}-opacity="${alpha}"`;

export function shapeSvg(pixels: Pixels, { shape, x, y, endX, endY, radius }: Step, color: Color): string {
  if (shape === 'line')
    return svg(
      pixels,
      `<line x1="${x}" y1="${y}" x2="${endX}" y2="${endY}" ${paint('stroke', color)} stroke-width="1"/>`,
    );
  if (shape === 'circle')
    return svg(
      pixels,
      `<circle cx="${x}" cy="${y}" r="${Math.hypot(endX - x, endY - y)}" ${paint('fill', color)}/>`,
    );
  const place = `x="${Math.min(x, endX)}" y="${Math.min(y, endY)}"`;
  const size = `width="${Math.abs(endX - x)}" height="${Math.abs(endY - y)}"`;
  return svg(pixels, `<rect ${place} ${size} rx="${radius}" ry="${radius}" ${paint('fill', color)}/>`);
}

export function textSvg(
  pixels: Pixels,
  { text, x, y, fontSize, lineLength, font }: Step,
  color: Color,
): string {
  const family = encodeEntities(font || 'sans-serif');
  const lines = wrap(text.slice(0, MAX_TEXT), lineLength)
    .map((line, i) => `<tspan x="${x}" ${i === 0 ? '' : 'dy="1.2em"'}>${encodeEntities(line) || ' '}</tspan>`)
    .join('');
  return svg(
    pixels,
    `<text x="${x}" y="${y}" font-size="${fontSize}" font-family="${family}" ${paint('fill', color)} xml:space="preserve">${lines}</text>`,
  );
}

/** Breaks lines at blanks; words that are longer stay whole. */
export function wrap(text: string, length: number): string[] {
  const lines: string[] = [];
  for (const given of text.split(/\r\n|\r|\n/)) {
    let line = '';
    for (const word of given.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > length) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines;
}
