import type { Item } from '#engine/item.ts';
import { forEachItem, implement, type OperationContext } from '../implement.ts';
import { jsonValue } from '../json-template.ts';
import { httpRequest } from './definition.ts';
import { importers } from './import-n8n.ts';
import { pacer } from './pacer.ts';
import { buildRequest, type HttpInput } from './request.ts';
import { readResponse, statusError } from './response.ts';

export const httpRequestNode = implement(
  httpRequest,
  {
    default: (context) => {
      const { options } =
        context.items.length > 0 ? context.input(0) : { options: {} as HttpInput['options'] };
      const concurrency = options.concurrency ?? 10;
      const pause = pacer(concurrency, options.batchPauseMs ?? 0, context.signal);
      return forEachItem(
        context,
        async (_item, itemIndex, input) => {
          await pause(itemIndex);
          return send(context, input, itemIndex);
        },
        { concurrency },
      );
    },
  },
  importers,
);

async function send(
  context: OperationContext<HttpInput>,
  input: HttpInput,
  itemIndex: number,
): Promise<Item[]> {
  const request = buildRequest(input, {
    json: input.body === 'json' ? jsonValue(context, 'jsonBody', input.jsonBody, itemIndex) : undefined,
    idempotencyKey: context.idempotencyKey(itemIndex),
  });
  const response = await context.services.http.request({ ...request, signal: context.signal });
  if (response.status >= 400 && !input.options.neverError)
    throw statusError(response, context.services.now());
  return readResponse(response, input.options, itemIndex);
}
