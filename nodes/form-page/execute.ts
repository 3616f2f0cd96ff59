import { NodeError } from '#engine/errors.ts';
import type { FileRef, Item } from '#engine/item.ts';
import type { RunCall } from '#engine/node.ts';
import { toEnding, toFormPage } from '../form-fields.ts';
import { implement, toMain } from '../implement.ts';
import { isPlain } from '../paths.ts';
import { formPage } from './definition.ts';

const HOUR_MS = 3_600_000;

export const formPageNode = implement(formPage, {
  page: ({ call, expired, input, services, items }) => {
    if (call) return toMain([submission(call, items.length)]);
    if (expired) throw new NodeError('timeout', 'Nobody filled in the page in time.', { retryable: false });
    const page = input(0);
    const until = services.now() + page.hours * HOUR_MS;
    return { outputs: {}, wait: { until, call: true, form: toFormPage(page), completeWithOutputs: false } };
  },
  ending: ({ items, input }) => ({
    outputs: { main: items },
    response: { status: 200, headers: {}, kind: 'form', body: toEnding(input(0)) },
  }),
});

/** The server has checked what came against the page. It was made from all items that came in. */
function submission({ data }: RunCall, count: number): Item {
  const { json, files } = isPlain(data) ? data : {};
  const source = Array.from({ length: count }, (_, item) => ({ item }));
  return {
    json: isPlain(json) ? json : {},
    ...(isPlain(files) ? { files: files as Record<string, FileRef> } : {}),
    source: source.length === 1 ? source[0]! : source,
  };
}
