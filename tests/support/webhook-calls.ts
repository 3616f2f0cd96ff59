import http from 'node:http';
import type { Item } from '#engine/item.ts';
import { getPool } from '#server/db.ts';
import type { Person } from './people.ts';
import { edges, node } from './workflows.ts';

/** An answer as it came, byte by byte. */
export interface RawAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
}

/** Unlike fetch, it sends what a browser would not: doubled headers, paths with dots, any origin. */
export function send(
  url: string,
  {
    method = 'POST',
    headers = {},
    body,
  }: { method?: string; headers?: http.OutgoingHttpHeaders; body?: Buffer | string } = {},
): Promise<RawAnswer> {
  const [, origin = '', path = ''] = /^(https?:\/\/[^/]+)(.*)$/.exec(url) ?? [];
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

export const sendJson = (url: string, value: unknown, headers: http.OutgoingHttpHeaders = {}) =>
  send(url, { body: JSON.stringify(value), headers: { 'content-type': 'application/json', ...headers } });

/** Publishes a workflow that begins with a webhook; gives its address at this origin. */
export async function publishWebhook(
  person: Person,
  origin: string,
  parameters: object = {},
  { behind = [], auth }: { behind?: ReturnType<typeof node>[]; auth?: string } = {},
): Promise<{ id: string; url: string }> {
  const names = ['hook', ...behind.map(({ id }) => id)];
  const hook = node(
    'hook',
    'webhook-trigger',
    { httpMethod: 'POST', ...parameters },
    auth ? { credentials: { auth } } : {},
  );
  const { id } = await person.caller().workflows.create({
    name: 'Webhook',
    workflow: {
      nodes: [hook, ...behind],
      edges: edges(...names.slice(1).map((name, i) => `${names[i]}>${name}`)),
    },
  });
  const { triggers } = await person.caller().workflows.activate({ id });
  // without the path that may come below it
  return { id, url: origin + new URL(triggers[0]!.url!).pathname.split('/').slice(0, 3).join('/') };
}

/** The item that a call became. */
export async function itemOf(answer: RawAnswer): Promise<Item> {
  const { executionId } = JSON.parse(answer.text) as { executionId: string };
  const { rows } = await getPool().query<{ trigger: { items: Item[] } }>(
    'select trigger from execution where id = $1',
    [executionId],
  );
  return rows[0]!.trigger.items[0]!;
}
