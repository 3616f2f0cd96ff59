import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { receiveMessage } from '../chat/receive.ts';
import { AppError } from '../errors.ts';
import { submitForm, submitPage } from '../forms/submit.ts';
import { checkHealth } from '../health/checks.ts';
import { registry, webhookCalls, webhookSeconds } from '../metrics/registry.ts';
import { assertMayVisit } from '../triggers/page-login.ts';
import { receiveWebhook } from '../triggers/webhook.ts';
import { receiveResume } from '../waits/resume-route.ts';
import { admit, countPublic } from './counting.ts';
import { mayReadMetrics } from './metrics-access.ts';
import { sendJson, sendProblem } from './respond.ts';
import { answerRest, isProcedure } from './rest-listener.ts';
import { assertSameOrigin } from './same-origin.ts';
import { setSecurityHeaders } from './security-headers.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

/** What follows the id is a path of the webhook's own. */
const WEBHOOK = /^\/webhooks\/([\w-]{1,100})(\/.*)?$/;
/** What follows the token is the caller's own: n8n workflows append a suffix. */
const RESUME = /^\/webhooks\/resume\/([\w-]{1,200})(?:\/.*)?$/;

const CHAT = /^\/chat\/([\w-]{1,100})$/;
const FORM = /^\/forms\/([\w-]{1,100})$/;
const FORM_RUN = /^\/forms\/run\/([\w-]{1,200})$/;

/** Routes that never reach Next. */
const ROUTES: Record<string, Handler> = {
  '/health/live': async (_request, response) => sendJson(response, 200, { status: 'ok' }),
  '/health/ready': async (_request, response) => {
    const health = await checkHealth();
    sendJson(response, health.checks.database?.ok ? 200 : 503, health);
  },
  '/health': async (_request, response) => {
    const health = await checkHealth();
    sendJson(response, health.status === 'ok' ? 200 : 503, health);
  },
  '/metrics': async (request, response) => {
    mayReadMetrics(request);
    const text = await registry.metrics();
    response.writeHead(200, { 'content-type': registry.contentType }).end(text);
  },
};

export function listen(
  fallback: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  { dev = false } = {},
): RequestListener {
  const route: RequestListener = (request, response) => {
    const url = readUrl(request.url ?? '/');
    if (!url) return sendProblem(response, new AppError('BAD_REQUEST', 'This is not a path.'));
    const webhook = WEBHOOK.exec(url.pathname);
    const resume = RESUME.exec(url.pathname);
    const chat = CHAT.exec(url.pathname);
    const form = FORM.exec(url.pathname);
    const formRun = FORM_RUN.exec(url.pathname);
    const handler = ROUTES[url.pathname];
    const passOn = async () => {
      setSecurityHeaders(request, response, url.pathname, dev);
      await admit(request, response, url.pathname);
      assertSameOrigin(request, url.pathname);
      if (form) await assertMayVisit('form', request, response, form[1]!);
      if (chat) await assertMayVisit('chat', request, response, chat[1]!);
      await fallback(request, response);
    };
    const api = async () => {
      setSecurityHeaders(request, response, url.pathname, dev);
      await admit(request, response, url.pathname);
      await answerRest(request, response, url);
    };
    const counted = (endpoint: string | undefined, work: () => Promise<void>) =>
      reply(countPublic('public', request, response, endpoint, work), response);
    // their addresses look like those of a webhook with a path
    if (resume) counted(undefined, () => receiveResume(request, response, resume[1]!, url));
    else if (webhook) void answerWebhook(request, response, webhook[1]!, webhook[2] ?? '', url);
    else if (request.method === 'POST' && form)
      counted(form[1], async () => {
        await assertMayVisit('form', request, response, form[1]!);
        await submitForm(request, response, form[1]!, url);
      });
    else if (request.method === 'POST' && formRun)
      counted(undefined, () => submitPage(request, response, formRun[1]!, url));
    else if (request.method === 'POST' && chat)
      counted(chat[1], async () => {
        await assertMayVisit('chat', request, response, chat[1]!);
        await receiveMessage(request, response, chat[1]!);
      });
    else if (handler) reply(handler(request, response, url), response);
    else if (isProcedure(request.method ?? 'GET', url.pathname)) reply(api(), response);
    else reply(passOn(), response);
  };
  return (request, response) => {
    try {
      route(request, response);
    } catch (error) {
      sendProblem(response, error); // what is thrown here would end the process, and with it everybody's calls
    }
  };
}

/** Anybody may send anything here, `//` for example, which would be a URL without a host. */
const readUrl = (target: string): URL | null =>
  URL.parse(target.startsWith('/') ? `http://localhost${target}` : target);

const reply = (work: Promise<void>, response: ServerResponse): void =>
  void work.catch((error: unknown) => sendProblem(response, error));

async function answerWebhook(
  request: IncomingMessage,
  response: ServerResponse,
  endpointId: string,
  below: string,
  url: URL,
): Promise<void> {
  const stopTimer = webhookSeconds.startTimer();
  try {
    await countPublic('webhooks', request, response, endpointId, () =>
      receiveWebhook(request, response, { endpointId, below, url }),
    );
  } catch (error) {
    sendProblem(response, error);
  }
  stopTimer();
  webhookCalls.inc({ status: String(response.statusCode) });
}
