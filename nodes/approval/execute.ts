import { NodeError } from '#engine/errors.ts';
import type { Question } from '#engine/events.ts';
import type { NodeResult, RunCall } from '#engine/node.ts';
import { durationMs, MAX_WAIT_MS } from '../duration.ts';
import type { InputOf } from '../fields.ts';
import { statusError } from '../http-request/response.ts';
import { derive, implement, type OperationContext } from '../implement.ts';
import { isPlain } from '../paths.ts';
import { approval } from './definition.ts';

type Context = OperationContext<InputOf<(typeof approval)['operations']['default']['fields']>>;
type Port = 'approved' | 'rejected' | 'expired';

export const approvalNode = implement(approval, {
  default: async (context) => {
    const { call, expired, services } = context;
    if (call) return goOn(context, readDecision(call));
    if (expired) return goOn(context, { decision: 'expired', comment: '', by: null, at: services.now() });
    const question = questionOf(context);
    const until = expiryOf(context);
    await notify(context, question);
    return { outputs: {}, wait: { until, call: true, question, completeWithOutputs: false } };
  },
});

interface Decision {
  decision: Port;
  comment: string;
  /** Name of a member; null for somebody with the link. */
  by: string | null;
  /** ms since epoch. */
  at: number;
}

/** The call was made by the server for a person: anything but a clear yes is a no. */
function readDecision({ data, at }: RunCall): Decision {
  const { decision, comment, by } = isPlain(data) ? data : {};
  return {
    decision: decision === 'approved' ? 'approved' : 'rejected',
    comment: typeof comment === 'string' ? comment : '',
    by: typeof by === 'string' ? by : null,
    at,
  };
}

function goOn({ items }: Context, { decision, comment, by, at }: Decision): NodeResult {
  const answer = { decision, comment, by, at: new Date(at).toISOString() };
  const outputs: Record<Port, NodeResult['outputs'][string]> = { approved: [], rejected: [], expired: [] };
  outputs[decision] = items.map((item, index) => derive(item, index, { ...item.json, approval: answer }));
  return { outputs };
}

const MAX_TITLE = 200;
const MAX_TEXT = 10_000;

/** Rendered for the first item: one question is asked for all of them. It is kept in the journal, so it has limits. */
function questionOf(context: Context): Question {
  const { title, message, details, allowComment } = context.input(0);
  return {
    title: cut(title.trim(), MAX_TITLE) || 'Approval needed',
    message: cut(message, MAX_TEXT),
    details: details.map(({ name, value }) => ({ name: cut(name, MAX_TITLE), value: cut(value, MAX_TEXT) })),
    allowComment,
  };
}

const cut = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max - 1)}…` : text);

function expiryOf({ input, services }: Context): number | null {
  const { expires, expiresAmount, expiresUnit } = input(0);
  if (!expires) return null;
  const ms = durationMs(expiresAmount, expiresUnit);
  if (ms > MAX_WAIT_MS)
    throw new NodeError('config', 'A question may stay open two years at most.', { field: 'expiresAmount' });
  return services.now() + ms;
}

/** Once per run; after a crash in between it comes again with the same idempotency key. */
async function notify(context: Context, { title, message }: Question): Promise<void> {
  const url = context.input(0).notifyUrl.trim();
  if (url === '') return;
  const approvalUrl = context.approvalUrl?.();
  if (approvalUrl === undefined) {
    context.log('warn', 'Nobody was told: there is no page to decide on where this runs.');
    return;
  }
  const text = [title, message, approvalUrl].filter((line) => line !== '').join('\n');
  const response = await context.services.http.request({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', 'idempotency-key': context.idempotencyKey(0) },
    body: JSON.stringify({ text, approvalUrl, title }),
  });
  if (response.status >= 400) throw statusError(response, context.services.now());
}
