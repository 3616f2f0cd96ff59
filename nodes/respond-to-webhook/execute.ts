import type { WebhookResponse } from '#engine/events.ts';
import { EMPTY_ITEM, type FileRef, type Item } from '#engine/item.ts';
import type { InputOf } from '../fields.ts';
import { implement, type OperationContext } from '../implement.ts';
import { fileOf } from '../item-files.ts';
import { jsonValue } from '../json-template.ts';
import { respondToWebhook } from './definition.ts';

type Input = InputOf<(typeof respondToWebhook)['operations']['default']['fields']>;

export const respondToWebhookNode = implement(respondToWebhook, {
  default: (context) => ({
    outputs: { main: context.items },
    response: responseOf(context, context.input(0)),
  }),
});

const answeredFile = (item: Item | undefined, name: string): FileRef =>
  fileOf(item ?? EMPTY_ITEM, name || (Object.keys(item?.files ?? {})[0] ?? 'data'), 0);

function responseOf(context: OperationContext<Input>, input: Input): WebhookResponse {
  const headers: Record<string, string> = {};
  for (const { name, value } of input.headers) if (name !== '') headers[name.toLowerCase()] = value;
  const status = input.status || 200;
  const keyed = (body: unknown) => (input.options.responseKey ? { [input.options.responseKey]: body } : body);
  switch (input.respondWith) {
    case 'first-item':
      return { status, headers, kind: 'json', body: keyed(context.items[0]?.json ?? {}) };
    case 'all-items':
      return { status, headers, kind: 'json', body: keyed(context.items.map((item) => item.json)) };
    case 'json':
      return { status, headers, kind: 'json', body: keyed(jsonValue(context, 'json', input.json, 0)) };
    case 'text':
      return { status, headers, kind: 'text', body: input.text };
    case 'file':
      return { status, headers, kind: 'file', body: answeredFile(context.items[0], input.file) };
    case 'redirect':
      return {
        status: input.status || 307,
        headers: { ...headers, location: input.redirectUrl },
        kind: 'none',
        body: null,
      };
    case 'no-data':
      return { status, headers, kind: 'none', body: null };
  }
}
