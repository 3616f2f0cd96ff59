import type { Item, JsonObject } from '#engine/item.ts';
import type { ExecuteContext } from '#engine/node.ts';
import { pageText } from '../html/page-text.ts';
import { getPath, isPlain, nameList, only, without } from '../paths.ts';
import type { HttpInput } from './request.ts';

/** The items of one answer with less in them: some fields, some part of a page, some characters. */
export async function shortened(
  context: ExecuteContext,
  items: Item[],
  { shorten, options }: HttpInput,
  itemIndex: number,
): Promise<Item[]> {
  const name = options.responseField || 'data';
  if ((shorten.what ?? 'json') === 'json') return items.flatMap((item) => lessJson(item, shorten, name));
  return Promise.all(
    items.map(async (item) => {
      const text = String(item.json[name] ?? '');
      const less =
        shorten.what === 'html'
          ? await pageText(text, context, {
              selector: shorten.selector || 'body',
              skip: shorten.skip ?? '',
              textOnly: shorten.textOnly ?? false,
              field: 'shorten',
              itemIndex,
            })
          : text;
      return { ...item, json: { ...item.json, [name]: cut(less, shorten.maxLength) } };
    }),
  );
}

function lessJson(item: Item, shorten: HttpInput['shorten'], name: string): Item[] {
  const data = shorten.dataField ? getPath(item.json, shorten.dataField) : item.json;
  const names = nameList(shorten.fields);
  const less = (value: unknown): unknown => {
    if (!isPlain(value)) return value;
    if (shorten.keep === 'selected') return only(value, names);
    return shorten.keep === 'except' ? without(value, names) : value;
  };
  const kept = (Array.isArray(data) ? data : [data]).map(less);
  return kept.map((value) => {
    const json: JsonObject = isPlain(value) ? value : { [name]: value ?? null };
    const text = JSON.stringify(json);
    const tooLong = shorten.maxLength !== undefined && text.length > shorten.maxLength;
    return { ...item, json: tooLong ? { [name]: cut(text, shorten.maxLength) } : json };
  });
}

const cut = (text: string, length: number | undefined): string =>
  length === undefined || text.length <= length ? text : text.slice(0, length);
