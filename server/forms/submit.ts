import type { IncomingMessage, ServerResponse } from 'node:http';
import { DateTime } from 'luxon';
import type { FormPage } from '#engine/events.ts';
import { type FormText, readForm } from '#engine/forms.ts';
import type { FileRef, Item } from '#engine/item.ts';
import { newId } from '#lib/id.ts';
import { db } from '../db.ts';
import { env } from '../env.ts';
import { AppError, notFound } from '../errors.ts';
import { acceptExecution } from '../executions/accept.ts';
import { wakeExecutionIn } from '../executions/wake.ts';
import { fromPairs, parseBody, readBody } from '../http/body.ts';
import { sendJson } from '../http/respond.ts';
import { isUpload, receiveUpload } from '../http/uploads.ts';
import { filesOf } from '../storage/file-door.ts';
import { getStorage, openFiles } from '../storage/open.ts';
import { findForm } from '../triggers/endpoints.ts';
import { recordCall } from '../waits/calls.ts';
import { formRunUrl, readFormToken } from '../waits/links.ts';
import { findRun, openPages, pageIdOf } from './queries.ts';
import type { Submitted } from './schema.ts';

/** What was filled in starts an execution. Throws NOT_FOUND, or UNPROCESSABLE_CONTENT with `issues` by field. */
export async function submitForm(
  request: IncomingMessage,
  response: ServerResponse,
  endpointId: string,
  url: URL,
): Promise<void> {
  const form = await findForm(endpointId);
  if (!form?.active) throw notFound('form');
  const { workspaceId, workflowId, versionId, nodeId } = form;
  const id = newId();
  const query = fromPairs(url.searchParams);
  const more = Object.keys(query).length > 0 ? { formQueryParameters: query } : {};
  await received(
    request,
    { workspaceId, executionId: id, page: form.page, timezone: form.timezone },
    async (item) => {
      const items = [{ ...item, json: { ...item.json, ...more } }];
      await acceptExecution({
        id,
        workspaceId,
        workflowId,
        versionId,
        mode: 'webhook',
        awaited: form.goesOn,
        trigger: { nodeId, items },
      });
      answer(request, response, id, form.goesOn ? { next: formRunUrl(id) } : { ending: form.ending });
    },
  );
}

/** What was filled in on a further page goes to the run that waits for it. Throws like `submitForm`, or CONFLICT when it is too late. */
export async function submitPage(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  url: URL,
): Promise<void> {
  const executionId = readFormToken(token);
  const execution = await findRun(executionId);
  if (!execution) throw notFound('form');
  const pages = execution.alive ? await openPages(executionId) : [];
  const page = pages.find((open) => pageIdOf(open) === url.searchParams.get('page'));
  if (!page) throw tooLate();
  const { workspaceId } = execution;
  await received(request, { workspaceId, executionId, page: page.form, timezone: 'UTC' }, async (item) => {
    const first = await db().$transaction(async (tx) => {
      const isFirst = await recordCall(tx, page, item);
      if (isFirst) await wakeExecutionIn(tx, executionId);
      return isFirst;
    });
    if (!first) throw tooLate();
    answer(request, response, executionId, { next: formRunUrl(executionId) });
  });
}

const tooLate = () =>
  new AppError('CONFLICT', 'This page has been filled in already, or it is too late for it.');

/** Browsers without scripts are sent on. */
function answer(
  request: IncomingMessage,
  response: ServerResponse,
  executionId: string,
  submitted: Submitted,
): void {
  if ((request.headers.accept ?? '').includes('application/json')) sendJson(response, 200, submitted);
  else response.writeHead(303, { location: formRunUrl(executionId) }).end();
}

interface Place {
  workspaceId: string;
  executionId: string;
  page: FormPage;
  timezone: string;
}

/** Reads and checks a submission, and hands it to `keep`. Files of one that is not kept are deleted. */
async function received(
  request: IncomingMessage,
  { workspaceId, executionId, page, timezone }: Place,
  keep: (item: Item) => Promise<void>,
): Promise<void> {
  const files = openFiles(workspaceId, executionId);
  const stored: FileRef[] = [];
  try {
    const upload = isUpload(request)
      ? await receiveUpload(request, files, env().LINKFLOW_MAX_UPLOAD_BYTES, stored)
      : { body: await readText(request), uploads: [] };
    await keep(itemOf(page, upload, timezone));
  } catch (error) {
    // only those of this submission: the execution may have others
    const prefix = filesOf(workspaceId, executionId);
    await Promise.all(stored.map(({ id }) => (id?.startsWith(prefix) ? getStorage().delete(id) : undefined)));
    throw error;
  }
}

async function readText(request: IncomingMessage): Promise<FormText> {
  const body = parseBody(
    await readBody(request, env().LINKFLOW_MAX_BODY_BYTES),
    request.headers['content-type'] ?? '',
  );
  return typeof body === 'object' && body !== null ? (body as FormText) : {};
}

type Uploaded = { field: string; file: FileRef };

/** The item that a submission becomes: answers by name, files by the name of their field as an identifier. */
function itemOf(page: FormPage, upload: { body: FormText; uploads: Uploaded[] }, timezone: string): Item {
  const byField = Map.groupBy(upload.uploads, ({ field }) => field);
  const counts = Object.fromEntries([...byField].map(([field, list]) => [field, list.length]));
  const { values, issues } = readForm(page, upload.body, counts);
  if (Object.keys(issues).length > 0)
    throw new AppError('UNPROCESSABLE_CONTENT', 'Some fields need another look.', { issues });
  const files: [string, FileRef][] = [];
  const about: [string, unknown][] = [];
  for (const field of page.fields.filter(({ kind }) => kind === 'file')) {
    const list = byField.get(field.name) ?? [];
    const key = field.name.replace(/\W/g, '_');
    for (const [i, { file }] of list.entries()) files.push([field.multiple ? `${key}_${i}` : key, file]);
    const shown = list.map(({ file }) => ({
      filename: file.name,
      mimetype: file.mimeType,
      size: file.sizeBytes,
    }));
    about.push([field.name, field.multiple ? shown : (shown[0] ?? null)]);
  }
  const submittedAt = DateTime.now().setZone(timezone).toISO();
  return {
    json: { ...values, ...Object.fromEntries(about), submittedAt, formMode: 'production' },
    ...(files.length > 0 ? { files: Object.fromEntries(files) } : {}),
  };
}
