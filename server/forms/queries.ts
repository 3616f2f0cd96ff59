import type { FormEnding, FormPage } from '#engine/events.ts';
import { getPool } from '../db.ts';
import { notFound } from '../errors.ts';
import { findForm, findFormOf } from '../triggers/endpoints.ts';
import { assertPass } from '../triggers/visit-pass.ts';
import { readFormToken } from '../waits/links.ts';
import { listOpenWaits, type OpenWait } from '../waits/open-waits.ts';
import type { FormState } from './schema.ts';

/**
 * The form at an address. Needs no scope: the address is the proof, and the pass where a user and a password are asked for.
 * Throws NOT_FOUND, also for one that is switched off, and UNAUTHORIZED without the pass.
 */
export async function getForm(endpointId: string, pass?: string): Promise<{ page: FormPage }> {
  const form = await findForm(endpointId);
  if (!form?.active) throw notFound('form');
  assertPass(endpointId, form, pass);
  return { page: form.page };
}

/** What comes next for whoever holds the link of an execution that a form started. Throws NOT_FOUND. */
export async function getFormState(token: string): Promise<FormState> {
  const executionId = readFormToken(token);
  const execution = await findRun(executionId);
  if (!execution) throw notFound('form');
  const page = execution.alive ? (await openPages(executionId))[0] : undefined;
  if (page) return { state: 'page', pageId: pageIdOf(page), page: page.form };
  const ending = await findEnding(executionId);
  if (ending) return { state: 'ended', ending };
  if (execution.alive) return { state: 'running' };
  if (execution.status !== 'completed') return { state: 'failed' };
  const form = await findFormOf(execution.workflowId, execution.nodeId);
  return { state: 'ended', ending: form?.ending ?? DEFAULT_ENDING };
}

const DEFAULT_ENDING: FormEnding = { title: 'Thank you', message: 'Your answers have been received.' };

export interface OpenPage extends OpenWait {
  form: FormPage;
}

/** Pages that wait to be filled in, the latest first. */
export async function openPages(executionId: string): Promise<OpenPage[]> {
  const waits = await listOpenWaits([executionId]);
  return waits.filter(
    (wait): wait is OpenPage =>
      wait.form !== null && !wait.called && (wait.until === null || wait.until > Date.now()),
  );
}

/** Names one page of one execution, so that a second click does not fill in the page after it. */
export const pageIdOf = ({ node, run }: OpenWait): string => `${node}:${run}`;

/** Whose it is and how it stands. No scope: the caller holds a signed link. */
export async function findRun(executionId: string) {
  const { rows } = await getPool().query<{
    workspaceId: string;
    workflowId: string;
    nodeId: string;
    status: string;
    alive: boolean;
  }>({
    name: 'form-run',
    text: `select e.workspace_id as "workspaceId", e.workflow_id as "workflowId", e.trigger ->> 'nodeId' as "nodeId", e.status,
      a.execution_id is not null and not a.cancel_requested as alive
    from execution e left join active_execution a on a.execution_id = e.id where e.id = $1`,
    values: [executionId],
  });
  return rows[0] ?? null;
}

/** The end that a node showed last. Read in the database, since the journal of an execution may be large. */
async function findEnding(executionId: string): Promise<FormEnding | null> {
  const { rows } = await getPool().query<{ body: FormEnding }>({
    name: 'form-ending',
    text: `select e.response -> 'body' as body from journal_chunk c
      cross join lateral json_to_recordset(c.events) as e(seq int, type text, response json)
      where c.execution_id = $1 and c.events::text like '%"kind":"form"%'
        and e.type = 'node.completed' and e.response ->> 'kind' = 'form' order by e.seq desc limit 1`,
    values: [executionId],
  });
  return rows[0]?.body ?? null;
}
