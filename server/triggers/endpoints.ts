import type { FormEnding, FormPage } from '#engine/events.ts';
import { chatTrigger } from '#nodes/chat-trigger/definition.ts';
import type { InputOf } from '#nodes/fields.ts';
import { toEnding, toFormPage } from '#nodes/form-fields.ts';
import { formTrigger } from '#nodes/form-trigger/definition.ts';
import { inputSchema } from '#nodes/input-schema.ts';
import { db } from '../db.ts';
import { liveHub } from '../live/hub.ts';
import { isListening } from './listening.ts';
import type { Authentication } from './webhook-auth.ts';
import { planWebhook, type WebhookConfig, type WebhookPlan } from './webhook-plan.ts';

const chatFields = chatTrigger.operations.default.fields;
const chatSchema = inputSchema(chatFields);
const formSchema = inputSchema(formTrigger.operations.default.fields);

interface Common {
  /** Of the trigger's row. */
  id: string;
  workspaceId: string;
  workflowId: string;
  versionId: string;
  nodeId: string;
  active: boolean;
}
export interface WebhookEndpoint extends Common {
  type: 'webhook';
  config: WebhookConfig;
  plan: WebhookPlan;
  /** Not live, but somebody watches: calls run the draft. */
  listening: boolean;
}
export interface FormEndpoint extends Common {
  type: 'form';
  page: FormPage;
  ending: FormEnding;
  /** Whoever has filled it in sees what comes next: more pages, or the end of the workflow. */
  goesOn: boolean;
  login: Authentication | null;
  timezone: string;
}
export interface ChatEndpoint extends Common {
  type: 'chat';
  config: InputOf<typeof chatFields>;
  login: Authentication | null;
}
type Endpoint = WebhookEndpoint | FormEndpoint | ChatEndpoint;

/**
 * Live endpoints by id, remembered until a publish or pause anywhere says otherwise (NOTIFY) or a minute has
 * passed. Unknown ids are remembered too, so that guessing costs the database nothing. Bounded; the oldest leave first.
 */
class EndpointCache {
  private readonly known = new Map<string, { endpoint: Endpoint | null; until: number }>();
  private generation = 0;

  constructor() {
    const forget = () => {
      this.known.clear();
      this.generation++;
    };
    liveHub().events.on('triggers', forget).on('resync', forget);
  }

  async find(endpointId: string): Promise<Endpoint | null> {
    const hit = this.known.get(endpointId);
    if (hit && hit.until > Date.now()) return hit.endpoint;
    const { generation } = this;
    const endpoint = await load(endpointId);
    if (generation === this.generation) {
      // else it changed while we read
      if (this.known.size >= MAX_KNOWN) this.known.delete(this.known.keys().next().value as string);
      this.known.set(endpointId, { endpoint, until: Date.now() + freshness(endpoint) });
    }
    return endpoint;
  }
}
const MAX_KNOWN = 10_000;

/** In ms. An address where somebody listens closes by itself, without a notice. */
function freshness(endpoint: Endpoint | null): number {
  if (endpoint?.type === 'webhook' && endpoint.listening) return 1_000;
  return endpoint ? 60_000 : 5_000;
}

async function load(endpointId: string): Promise<Endpoint | null> {
  const row = await db().trigger.findUnique({ where: { endpointId }, select: SHOWN });
  if (row?.type === 'webhook') {
    const listening = !row.active && isListening(row.config, Date.now());
    return { ...row, type: 'webhook', ...planWebhook(row.config, credentialOf(row.config)), listening };
  }
  if (row?.type === 'chat') {
    const config = chatSchema.parse(row.config);
    return { ...row, type: 'chat', config, login: loginOf(config.authentication, row.config) };
  }
  return row?.type === 'form' ? toForm(row) : null;
}

/** Who comes to a page proves who they are as browsers do. */
const loginOf = (authentication: 'none' | 'basic', config: unknown): Authentication | null =>
  authentication === 'none'
    ? null
    : { kind: authentication, scheme: 'standard', credentialId: credentialOf(config) };

/** What syncTriggers wrote beside the node's parameters. */
function credentialOf(config: unknown): string | null {
  const { credentialId } = config as { credentialId?: unknown };
  return typeof credentialId === 'string' ? credentialId : null;
}

const SHOWN = {
  id: true,
  type: true,
  workspaceId: true,
  workflowId: true,
  versionId: true,
  nodeId: true,
  active: true,
  config: true,
} as const;

function toForm({ config, ...row }: Common & { config: unknown }): FormEndpoint {
  const input = formSchema.parse(config);
  const { hasPages, timezone } = config as { hasPages?: boolean; timezone?: string };
  return {
    ...row,
    type: 'form',
    page: toFormPage(input),
    ending: toEnding(input),
    login: loginOf(input.authentication, config),
    goesOn: hasPages === true || input.respond === 'last-node',
    timezone: timezone ?? 'UTC',
  };
}

let cache: EndpointCache | undefined;
const find = (endpointId: string) => (cache ??= new EndpointCache()).find(endpointId);

export async function findWebhook(endpointId: string): Promise<WebhookEndpoint | null> {
  const endpoint = await find(endpointId);
  return endpoint?.type === 'webhook' ? endpoint : null;
}

export async function findForm(endpointId: string): Promise<FormEndpoint | null> {
  const endpoint = await find(endpointId);
  return endpoint?.type === 'form' ? endpoint : null;
}

export async function findChat(endpointId: string): Promise<ChatEndpoint | null> {
  const endpoint = await find(endpointId);
  return endpoint?.type === 'chat' ? endpoint : null;
}

/** The form that an execution began with, as it is now; null for other executions. */
export async function findFormOf(workflowId: string, nodeId: string): Promise<FormEndpoint | null> {
  const row = await db().trigger.findUnique({
    where: { workflowId_nodeId: { workflowId, nodeId }, type: 'form' },
    select: SHOWN,
  });
  return row && toForm(row);
}
