import type { IncomingMessage } from 'node:http';
import type { Item } from '#engine/item.ts';
import { newId } from '#lib/id.ts';
import { env } from '../env.ts';
import { AppError } from '../errors.ts';
import { type Accepted, acceptExecution } from '../executions/accept.ts';
import { callDataOf } from '../http/call-data.ts';
import { filesOf } from '../storage/file-door.ts';
import { getStorage, openFiles } from '../storage/open.ts';
import type { WebhookEndpoint } from './endpoints.ts';
import { draftVersion } from './listening.ts';
import type { Proof } from './webhook-auth.ts';
import { type ReceivedBody, receiveBody } from './webhook-body.ts';
import { deliveryIdOf } from './webhook-delivery.ts';

/** A call that may come in: what is known of it besides its body. */
export interface AdmittedCall {
  endpoint: WebhookEndpoint;
  endpointId: string;
  url: URL;
  params: Record<string, string>;
  proof: Proof | null;
  /** The body, where it had to be read for its signature. */
  signed: Buffer | null;
}

/**
 * Reads the body and starts the execution, which is committed when this resolves. Files of a call that starts none are
 * deleted again. Throws what `receiveBody` and `acceptExecution` throw, and BAD_REQUEST for a body that is not as wanted.
 */
export async function acceptCall(request: IncomingMessage, call: AdmittedCall): Promise<Accepted> {
  const { endpoint, signed } = call;
  const { workspaceId, plan, config } = endpoint;
  let id: string | null = null; // files belong to an execution, so it has its id before it is there
  let kept = false;
  const door = () => openFiles(workspaceId, (id ??= newId()));
  try {
    const received = await receiveBody(plan, request, signed, door);
    const wrong = plan.bodySchema?.(received.body);
    if (wrong)
      throw new AppError(
        'BAD_REQUEST',
        `The body is not as wanted: ${named('body', wrong.path)} ${wrong.message}.`,
        {
          path: wrong.path,
        },
      );
    if (config.options.rawBodyFile && received.raw)
      received.files = { data: await door().write(piecesOf(received.raw), { mimeType: mimeOf(request) }) };
    const accepted = await start(request, call, received, id);
    kept = accepted.fresh;
    return accepted;
  } finally {
    if (id && !kept) await getStorage().deletePrefix(filesOf(workspaceId, id));
  }
}

/** A place in words: `body.order.id`. */
export const named = (root: string, path: string): string =>
  root + path.replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');

async function start(
  request: IncomingMessage,
  { endpoint, endpointId, url, params, proof }: AdmittedCall,
  { body, raw, files }: ReceivedBody,
  id: string | null,
): Promise<Accepted> {
  const { workspaceId, workflowId, nodeId, config, plan, listening } = endpoint;
  const versionId = listening ? await draftVersion(workspaceId, workflowId) : endpoint.versionId;
  const said = { ...callDataOf(request, url, body), params };
  for (const name of proof?.secretHeaders ?? []) said.headers[name] = HIDDEN;
  const json = {
    ...said,
    webhookUrl: `${env().APP_URL}/webhooks/${endpointId}${plan.pathText && `/${plan.pathText}`}`,
    executionMode: listening ? 'test' : 'production',
    ...(plan.methods?.length === 1 ? {} : { method: request.method }),
    ...(config.options.rawBody && raw ? { rawBody: raw.toString('utf8') } : {}),
    ...(proof?.jwtPayload ? { jwtPayload: proof.jwtPayload } : {}),
  };
  const scheme = plan.authentication?.kind === 'signature' ? plan.authentication.scheme : null;
  // whoever tries something out sends the same call again and again
  const delivery = listening ? null : deliveryIdOf(said, plan.dedupeKey, scheme);
  const item: Item = { json, ...(files ? { files } : {}) };
  return acceptExecution({
    ...(id ? { id } : {}),
    workspaceId,
    workflowId,
    versionId,
    mode: listening ? 'manual' : 'webhook',
    trigger: { nodeId, items: [item] },
    ...(delivery ? { deliveryKey: `webhook:${endpointId}:${delivery}` } : {}),
    awaited: config.respond !== 'immediately',
  });
}

/** Stands for a secret that let the caller in: nobody who may look at executions needs it. */
const HIDDEN = '[hidden]';

const mimeOf = ({ headers }: IncomingMessage): string =>
  (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase() || 'application/octet-stream';

async function* piecesOf(content: Buffer): AsyncGenerator<Buffer> {
  yield content;
}
