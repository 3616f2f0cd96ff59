import { splitTemplate } from '#engine/expression/split.ts';
import { hasTemplate } from './fields.ts';
import type { ExportedNode } from './n8n-exporter.ts';
import { compact } from './n8n-values.ts';
import { isPlain } from './paths.ts';

/** Writers of n8n's parameter shapes: the counterpart of n8n-values.ts. */
type Values = Record<string, unknown>;

/** A node of n8n itself; parameters that are undefined are left out, since n8n knows its defaults. */
export const core = (
  type: string,
  typeVersion: number,
  parameters: Values = {},
  more: Partial<ExportedNode> = {},
): ExportedNode => ({
  type: `n8n-nodes-base.${type}`,
  typeVersion,
  parameters: compact(parameters),
  ...more,
});

/** A table of names the other way round; where two lead to the same, the first one counts. */
export const inverted = (table: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(table)
      .map(([theirs, ours]) => [ours, theirs])
      .reverse(),
  );

/** Options, or undefined when there are none. */
export function options(values: Values): Values | undefined {
  const given = compact(values);
  return Object.keys(given).length > 0 ? given : undefined;
}

/** `true` when it is switched on, else nothing: n8n's switches are off unless they are stated. */
export const on = (value: unknown): unknown => (value === true || hasTemplate(value) ? value : undefined);

/** n8n asks the other way round: dots reach into objects unless that is disabled. */
export const noDots = ({ dotNotation }: Values): true | undefined =>
  dotNotation === false ? true : undefined;

export const list = (value: unknown): Values[] => (Array.isArray(value) ? value.filter(isPlain) : []);

/** JSON for a field that takes text: an object becomes its text, or one expression where it holds templates. */
export function jsonText(value: unknown): unknown {
  if (typeof value === 'string' || value === undefined) return value;
  const text = JSON.stringify(value, null, 2);
  return text.includes('{{') ? `{{ (${jsSource(value)}) }}` : text;
}

/** JSON that is no text is written as text there, which means the same. */
export const sameJson = (name: string, value: unknown): string[] => (typeof value === 'string' ? [] : [name]);

/** A JavaScript expression that gives the value, its templates rendered. Braces never touch: two of them end a block. */
function jsSource(value: unknown): string {
  if (typeof value === 'string') return jsText(value);
  if (Array.isArray(value)) return `[${value.map(jsSource).join(', ')}]`;
  if (!isPlain(value)) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, field]) => `${quoted(key)}: ${jsSource(field)}`);
  return fields.length === 0 ? '{ }' : `{ ${fields.join(', ')} }`;
}

function jsText(template: string): string {
  const parts = splitTemplate(template).map((part) =>
    part.kind === 'text' ? quoted(part.text) : `(${part.source.trim().replace(/;$/, '')})`,
  );
  if (parts.length === 0) return '""';
  return parts.length === 1 ? parts[0]! : `"" + ${parts.join(' + ')}`;
}

const quoted = (text: string) => JSON.stringify(text).replaceAll('}}', '}\\u007d');

/** Parameters without the defaults of some fields: n8n has the same ones, or texts of its own. */
export const asStated = (parameters: Values, stated: Values, ...names: string[]): Values => ({
  ...parameters,
  ...Object.fromEntries(names.map((name) => [name, stated[name]])),
});

/** Values by column, as n8n maps them: its editor draws the columns by the schema. */
export const columns = (values: Values): Values => ({
  mappingMode: 'defineBelow',
  value: values,
  matchingColumns: [],
  schema: Object.keys(values).map((name) => ({
    id: name,
    displayName: name,
    required: false,
    defaultMatch: false,
    display: true,
    canBeUsedToMatch: true,
  })),
});
