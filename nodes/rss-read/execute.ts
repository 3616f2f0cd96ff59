import type { Item } from '#engine/item.ts';
import { sourceAt } from '#engine/items.ts';
import type { InputOf } from '../fields.ts';
import { urlOf } from '../http-request/request.ts';
import { statusError, textOf } from '../http-request/response.ts';
import { forEachItem, implement, type OperationContext } from '../implement.ts';
import { nameList } from '../paths.ts';
import { rssRead } from './definition.ts';
import { entriesOf } from './entries-of.ts';

type Input = InputOf<(typeof rssRead)['operations']['default']['fields']>;

const AT_ONCE = 5;
const ACCEPT = 'application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5';

export const rssReadNode = implement(rssRead, {
  default: (context) =>
    forEachItem(
      context,
      (_item, itemIndex, input) =>
        itemIndex > 0 && input.options.once ? [] : read(context, input, itemIndex),
      { concurrency: AT_ONCE },
    ),
});

async function read(
  { services, signal }: OperationContext<Input>,
  { url, options }: Input,
  itemIndex: number,
): Promise<Item[]> {
  const response = await services.http.request({
    method: 'GET',
    url: urlOf(url),
    headers: { accept: ACCEPT },
    timeoutMs: options.timeoutMs ?? 60_000,
    signal,
  });
  if (response.status >= 400) throw statusError(response, services.now());
  const feed = { text: textOf(response), customFields: nameList(options.customFields) };
  const entries = await entriesOf(feed, signal);
  return entries.slice(0, options.limit).map((json) => ({ json, source: sourceAt(itemIndex) }));
}
