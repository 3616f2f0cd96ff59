import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FileRef, Item } from '#engine/item.ts';
import { newId } from '#lib/id.ts';
import { env } from '../env.ts';
import { AppError } from '../errors.ts';
import { acceptExecution } from '../executions/accept.ts';
import { parseBody, readBody } from '../http/body.ts';
import { sendJson } from '../http/respond.ts';
import { isUpload, receiveUpload, type Upload } from '../http/uploads.ts';
import { filesOf } from '../storage/file-door.ts';
import { getStorage, openFiles } from '../storage/open.ts';
import { awaitResult } from '../triggers/await-result.ts';
import { answerOf } from './answer.ts';
import { getOpenChat } from './queries.ts';
import { type ChatAnswer, chatMessageSchema } from './schema.ts';

/**
 * One message, as JSON or as a form with files, from its bytes to its answer. Throws NOT_FOUND, UNPROCESSABLE_CONTENT for
 * what is no message, TIMEOUT when the workflow takes too long.
 */
export async function receiveMessage(
  request: IncomingMessage,
  response: ServerResponse,
  endpointId: string,
): Promise<void> {
  const { workspaceId, workflowId, versionId, nodeId, config } = await getOpenChat(endpointId);
  const executionId = newId(); // files belong to an execution, so it has its id before it is there
  let kept = false;
  try {
    const item = itemOf(await read(request, workspaceId, executionId, config.options.allowFiles === true));
    await acceptExecution({
      id: executionId,
      workspaceId,
      workflowId,
      versionId,
      mode: 'webhook',
      awaited: true,
      trigger: { nodeId, items: [item] },
    });
    kept = true;
  } finally {
    if (!kept) await getStorage().deletePrefix(filesOf(workspaceId, executionId));
  }
  const respondNode = config.respond === 'respond-node';
  const result = await awaitResult(response, { workspaceId, executionId, respondNode });
  if (!result) return;
  if (result.kind === 'failed') {
    // why is for those who made the workflow: it may say more than strangers should know
    const detail = 'The workflow failed before it had an answer.';
    sendJson(response, 500, {
      type: 'about:blank',
      title: 'EXECUTION_FAILED',
      status: 500,
      detail,
      executionId,
    });
    return;
  }
  const output = await answerOf(result);
  sendJson(response, 200, { output, executionId } satisfies ChatAnswer);
}

async function read(
  request: IncomingMessage,
  workspaceId: string,
  executionId: string,
  allowFiles: boolean,
): Promise<Upload> {
  const { LINKFLOW_MAX_BODY_BYTES, LINKFLOW_MAX_UPLOAD_BYTES } = env();
  if (isUpload(request)) {
    if (!allowFiles) {
      request.resume();
      throw new AppError('UNPROCESSABLE_CONTENT', 'This chat takes no files.');
    }
    return receiveUpload(request, openFiles(workspaceId, executionId), LINKFLOW_MAX_UPLOAD_BYTES);
  }
  const raw = await readBody(request, LINKFLOW_MAX_BODY_BYTES);
  const body = parseBody(raw, request.headers['content-type'] ?? '');
  return { body: isFields(body) ? body : {}, uploads: [] };
}

/** As n8n names it, so that workflows find the message where they look for it; files are `data0`, `data1` … */
function itemOf({ body, uploads }: Upload): Item {
  const message = chatMessageSchema.safeParse(body);
  if (!message.success) {
    const [issue] = message.error.issues;
    throw new AppError(
      'UNPROCESSABLE_CONTENT',
      `This is no message: “${issue!.path.join('.')}” ${issue!.message}`,
    );
  }
  const { sessionId, chatInput } = message.data;
  if (chatInput.trim() === '' && uploads.length === 0)
    throw new AppError('UNPROCESSABLE_CONTENT', 'The message is empty.');
  const json = { sessionId, action: 'sendMessage', chatInput };
  if (uploads.length === 0) return { json };
  const files: Record<string, FileRef> = {};
  uploads.forEach(({ file }, i) => {
    files[`data${i}`] = file;
  });
  const about = uploads.map(({ file }) => ({
    fileName: file.name,
    mimeType: file.mimeType,
    fileSize: file.sizeBytes,
  }));
  return { json: { ...json, files: about }, files };
}

const isFields = (body: unknown): body is Upload['body'] =>
  typeof body === 'object' && body !== null && !Array.isArray(body);
