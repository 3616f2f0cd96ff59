import { scrubError } from '#engine/credentials.ts';
import { NodeError, toNodeErrorData } from '#engine/errors.ts';
import type { Item, JsonObject } from '#engine/item.ts';
import { sourceAt } from '#engine/items.ts';
import type { HttpRequest, NodeResult } from '#engine/node.ts';
import { forEachItem, implement, type OperationContext } from '../implement.ts';
import { jsonValue } from '../json-template.ts';
import { wayOut } from './certificate.ts';
import { httpRequest } from './definition.ts';
import { pacer } from './pacer.ts';
import { expectedStatus, fetchPages } from './pages.ts';
import { buildRequest, filesSent, type HttpInput, type SentFile } from './request.ts';
import { readResponse, statusError } from './response.ts';
import { shortened } from './shorten.ts';

type Context = OperationContext<HttpInput>;

export const httpRequestNode = implement(httpRequest, {
  default: (context) => {
    const { options } = context.items.length > 0 ? context.input(0) : { options: {} as HttpInput['options'] };
    const concurrency = options.concurrency ?? 10;
    const pause = pacer(concurrency, options.batchPauseMs ?? 0, context.signal);
    const run = async (_item: Item, itemIndex: number, input: HttpInput): Promise<Item[]> => {
      await pause(itemIndex);
      return call(context, input, itemIndex);
    };
    const { onError } = context.node.settings;
    return options.errorDetails && onError !== 'stop'
      ? withErrorDetails(context, run, concurrency)
      : forEachItem(context, run, { concurrency });
  },
});

async function call(context: Context, input: HttpInput, itemIndex: number): Promise<Item[]> {
  const json = (name: 'jsonBody' | 'queryJson' | 'headersJson', wanted: boolean) =>
    wanted ? jsonValue(context, name, input[name], itemIndex) : undefined;
  const request = buildRequest(input, {
    json: {
      body: json('jsonBody', input.body === 'json'),
      query: json('queryJson', input.queryAs === 'json'),
      headers: json('headersJson', input.headersAs === 'json'),
    },
    files: await loadFiles(context, input, itemIndex),
    idempotencyKey: context.idempotencyKey(itemIndex),
  });
  const expected = expectedStatus(input);
  const { services, signal } = context;
  const one = async (next: HttpRequest, sameSite: boolean) => {
    const { door, proof } = sameSite ? await wayOut(context, input) : { door: services.http, proof: {} };
    const response = await door.request({ ...next, ...proof, signal });
    if (response.status >= 400 && !input.options.neverError && !expected.has(response.status))
      throw statusError(response, services.now());
    return response;
  };
  const pages =
    input.pages === 'one'
      ? [await one(request, true)]
      : await fetchPages(context, input, request, itemIndex, one);
  const items: Item[] = [];
  for (const response of pages)
    items.push(...(await readResponse(response, input.options, itemIndex, services.files)));
  return Object.keys(input.shorten).length > 0 ? shortened(context, items, input, itemIndex) : items;
}

/** A body is sent whole, so its files have to fit into memory. */
async function loadFiles(
  { items, services }: Context,
  input: HttpInput,
  itemIndex: number,
): Promise<Map<string, SentFile>> {
  const loaded = new Map<string, SentFile>();
  for (const name of new Set(filesSent(input))) {
    const files = items[itemIndex]?.files ?? {};
    const file = Object.hasOwn(files, name) ? files[name] : undefined;
    if (!file)
      throw new NodeError('config', `The item has no file “${name}”.`, {
        field: input.body === 'file' ? 'bodyFile' : 'fileFields',
        itemIndex,
      });
    loaded.set(name, {
      content: await services.files.read(file),
      name: file.name ?? name,
      mimeType: file.mimeType,
    });
  }
  return loaded;
}

/** Like forEachItem, but what goes on after a failure tells more of it than its message. */
async function withErrorDetails(
  context: Context,
  run: (item: Item, itemIndex: number, input: HttpInput) => Promise<Item[]>,
  concurrency: number,
): Promise<NodeResult> {
  const failed = new Set<Item>();
  const result = await forEachItem(
    context,
    async (item, itemIndex, input: HttpInput) => {
      try {
        return await run(item, itemIndex, input);
      } catch (thrown) {
        if (context.signal.aborted) throw thrown;
        const { scrub } = context.services.credentials;
        const error = detailsOf(scrub ? scrubError(thrown, scrub) : thrown);
        const made: Item = { json: { error }, source: sourceAt(itemIndex) };
        failed.add(made);
        return [made];
      }
    },
    { concurrency },
  );
  if (context.node.settings.onError !== 'error-port' || failed.size === 0) return result;
  const { main = [], error = [] } = result.outputs;
  const moved = main
    .filter((item) => failed.has(item))
    .map((item) => {
      const index = (item.source as { item: number }).item;
      return { ...item, json: { ...context.items[index]!.json, ...item.json } };
    });
  return { outputs: { main: main.filter((item) => !failed.has(item)), error: [...error, ...moved] } };
}

function detailsOf(thrown: unknown): JsonObject {
  const { message, kind, detail, status } = toNodeErrorData(thrown);
  return {
    message,
    name: thrown instanceof NodeError ? 'NodeError' : 'Error',
    kind,
    ...(detail ? { description: detail } : {}),
    ...(status === undefined ? {} : { status, httpCode: String(status) }),
  };
}
