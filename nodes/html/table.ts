import type { Item } from '#engine/item.ts';
import type { ExecuteContext } from '#engine/node.ts';
import type { InputOf } from '../fields.ts';
import type { html } from './definition.ts';

type Options = InputOf<(typeof html)['operations']['table']['fields']>['options'];

/** Mail programs read no style sheets, so the styles stand in the elements. */
const STYLES = {
  table: 'border-spacing:0; font-family:helvetica,arial,sans-serif',
  header:
    'margin:0; padding:7px 20px 7px 0px; border-bottom:1px solid #eee; text-align:left; color:#888; font-weight:normal',
  cell: 'margin:0; padding:7px 20px 7px 0px; border-bottom:1px solid #eee',
};

/** One HTML table: a column for every field that any item has, a row for every item. */
export async function tableOf(
  items: readonly Item[],
  options: Options,
  { breathe }: Pick<ExecuteContext, 'breathe'>,
): Promise<string> {
  const columns = [...new Set(items.flatMap((item) => Object.keys(item.json)))];
  const tag = (name: string, attributes: string | undefined, style?: string) =>
    `<${[name, attributes, style && !options.plain ? `style="${style}"` : ''].filter(Boolean).join(' ')}>`;
  const show = (value: string) => (options.escape === false ? value : escaped(value));
  const header = columns
    .map((column) => {
      const title = options.capitalise ? titleOf(column) : column;
      return `${tag('th', options.headerAttributes, STYLES.header)}${show(title)}</th>`;
    })
    .join('');
  const rows: string[] = [];
  for (const { json } of items) {
    const pause = breathe();
    if (pause) await pause;
    const cells = columns.map(
      (column) => `${tag('td', options.cellAttributes, STYLES.cell)}${show(textOf(json[column]))}</td>`,
    );
    rows.push(`${tag('tr', options.rowAttributes)}${cells.join('')}</tr>`);
  }
  return [
    tag('table', options.tableAttributes, STYLES.table),
    ...(options.caption ? [`<caption>${show(options.caption)}</caption>`] : []),
    `<thead>${tag('tr', options.rowAttributes)}${header}</tr></thead>`,
    '<tbody>',
    ...rows,
    '</tbody>',
    '</table>',
  ].join('\n');
}

const titleOf = (column: string): string =>
  column
    .split('_')
    .filter((word) => word !== '')
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join(' ');

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);
