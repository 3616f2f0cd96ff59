import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApi } from './api.ts';
import { checkoutPage } from './checkout-page.ts';
import { newId } from './collection.ts';
import { type Control, createControl } from './control.ts';
import { Deliveries } from './deliveries.ts';
import { Failure } from './failure.ts';
import { invoicePage, invoicePdf } from './invoice-page.ts';
import type { PageAnswer } from './page.ts';
import { portalPage } from './portal-page.ts';
import { Sandbox, type Settings } from './sandbox.ts';
import { type CatalogSeed, DEFAULT_CATALOG, seedCatalog } from './seed.ts';
import { passTime } from './time.ts';
import { Troubles, troubleAnswer } from './trouble.ts';

export interface StripeServer {
  /** For `new Stripe(key, client)`. */
  key: string;
  client: { host: string; port: number; protocol: 'http' };
  origin: string;
  /** Price ids by lookup key. */
  prices: Record<string, string>;
  sandbox: Sandbox;
  deliveries: Deliveries;
  control: Control;
  stop(): Promise<void>;
}

export interface StripeServerOptions {
  /** Unix seconds; the clock then stands still until a test moves it. Otherwise it goes with the machine’s. */
  now?: number;
  settings?: Partial<Settings>;
  catalog?: CatalogSeed;
  webhook?: { url: string; secret: string };
  /** Waits before an event that was not taken is sent again, in real time. */
  retryDelaysMs?: number[];
  port?: number;
}

/** A server that speaks Stripe’s protocol to the official SDK, with its hosted pages and a clock to turn. */
export async function startStripeServer(options: StripeServerOptions = {}): Promise<StripeServer> {
  const sandbox = new Sandbox(options);
  const deliveries = new Deliveries(() => sandbox.now, options.retryDelaysMs ?? [100, 500, 2000, 5000]);
  const troubles = new Troubles();
  const control = createControl(sandbox, deliveries, troubles);
  const prices = seedCatalog(sandbox, options.catalog ?? DEFAULT_CATALOG);
  if (options.webhook) deliveries.addEndpoint(options.webhook.url, options.webhook.secret);
  sandbox.onEvent = (event) => deliveries.enqueue(event);
  const api = createApi(sandbox, deliveries);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const method = request.method ?? 'GET';
    const body = await textOf(request);
    passTime(sandbox, sandbox.now); // a clock that goes by itself
    deliveries.releaseDue();
    if (url.pathname.startsWith('/_test/')) {
      const result = await controlled(control, url.pathname.slice(7), body);
      send(response, 200, 'application/json', JSON.stringify(result));
    } else if (url.pathname.startsWith('/v1/')) {
      const trouble = troubles.meet(url.pathname);
      const id = newId('req', 14);
      const call = () =>
        api({
          method,
          path: url.pathname,
          form: method === 'POST' ? body : url.search.slice(1),
          authorization: request.headers.authorization,
          idempotencyKey: request.headers['idempotency-key']?.toString(),
          id,
        });
      const result = trouble && !trouble.afterwards ? null : call();
      if (trouble?.with === 'hang-up') {
        request.socket.destroy();
        return;
      }
      const shown = trouble || !result ? troubleAnswer(trouble?.with as 429 | 500 | 503) : result;
      response.setHeader('request-id', id);
      if ('replayed' in shown && shown.replayed) response.setHeader('idempotent-replayed', 'true');
      send(response, shown.status, 'application/json', shown.body);
    } else
      sendPage(
        response,
        hostedPage(sandbox, url.pathname, method === 'POST' ? new URLSearchParams(body) : null),
      );
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const status = error instanceof Failure ? error.status : 500;
      send(response, status, 'application/json', JSON.stringify({ error: { message: String(error) } }));
      if (status === 500) console.error(error); // a fault of this server, which a test must not overlook
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  sandbox.origin = `http://localhost:${port}`;
  return {
    key: 'sk_test_sandbox',
    client: { host: 'localhost', port, protocol: 'http' },
    origin: sandbox.origin,
    prices,
    sandbox,
    deliveries,
    control,
    async stop() {
      await deliveries.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function hostedPage(sandbox: Sandbox, path: string, form: URLSearchParams | null): PageAnswer {
  const [, first, second, third] = path.split('/');
  if (first === 'c' && second === 'pay' && third) return checkoutPage(sandbox, third, form);
  if (first === 'p' && second === 'session' && third) return portalPage(sandbox, third, form);
  if (first === 'i' && second && third === 'pdf') return invoicePdf(sandbox, second);
  if (first === 'i' && second && !third) return invoicePage(sandbox, second, form);
  throw new Failure(404, 'invalid_request_error', 'There is nothing here.');
}

async function controlled(control: Control, name: string, body: string): Promise<unknown> {
  const action = Object.entries(control).find(([key]) => key === name)?.[1];
  if (!action) throw new Failure(404, 'invalid_request_error', `There is no control ${name}.`);
  return await (action as (input: unknown) => unknown)(body ? JSON.parse(body) : {});
}

function sendPage(response: ServerResponse, answer: PageAnswer): void {
  if ('redirect' in answer) response.writeHead(303, { location: answer.redirect }).end();
  else if ('pdf' in answer)
    response.writeHead(answer.status, { 'content-type': 'application/pdf' }).end(answer.pdf);
  else send(response, answer.status, 'text/html; charset=utf-8', answer.html);
}

const send = (response: ServerResponse, status: number, type: string, body: string) => {
  response.writeHead(status, { 'content-type': type }).end(body);
};

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
