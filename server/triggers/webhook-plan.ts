import type { InputOf } from '#nodes/fields.ts';
import { inputSchema } from '#nodes/input-schema.ts';
import { methodsOf, webhookTrigger } from '#nodes/webhook-trigger/definition.ts';
import { compileJsonSchema, type JsonSchema } from './json-schema.ts';
import { SchemaError } from './json-schema-parts.ts';
import { type Allowlist, parseAllowlist } from './webhook-allowlist.ts';
import type { Authentication } from './webhook-auth.ts';
import { type Origins, parseOrigins } from './webhook-origins.ts';
import { parseWebhookPath, type WebhookPath } from './webhook-path.ts';

const fields = webhookTrigger.operations.default.fields;
const schema = inputSchema(fields);
export type WebhookConfig = InputOf<typeof fields>;

/** A webhook's parameters, taken apart once, so that a call costs nothing for what its webhook does not use. */
export interface WebhookPlan {
  /** null: any. */
  methods: readonly string[] | null;
  path: WebhookPath;
  /** As written, without slashes around it. */
  pathText: string;
  /** null: everybody who knows the address. */
  authentication: Authentication | null;
  allowlist: Allowlist | null;
  origins: Origins;
  /** In lower case; `text/*` stands for all texts. Empty: any. */
  contentTypes: readonly string[];
  /** Infinity: only the limit of the server. */
  maxBodyBytes: number;
  bodySchema: JsonSchema | null;
  headersSchema: JsonSchema | null;
  /** Path into {headers, params, query, body}; '' : none. */
  dedupeKey: string;
  /** What is wrong with it, in words, for whoever publishes it. */
  problems: readonly string[];
  /** It cannot tell which calls it should take, so it takes none. */
  broken: boolean;
}

/** Reads what a webhook node or its trigger row says. `credentialId` is the one in its place `auth`. */
export function planWebhook(
  parameters: unknown,
  credentialId: string | null,
): { config: WebhookConfig; plan: WebhookPlan } {
  const config = schema.parse(parameters);
  const { options, authentication, signature } = config;
  const problems: string[] = [];
  const said = (label: string, what: string) => void problems.push(`“${label}” ${what}.`);
  const path = parseWebhookPath(options.path ?? '');
  if (typeof path === 'string') said('Path below the URL', path);
  const allowlist = parseAllowlist(options.ipAllowlist ?? '');
  for (const entry of allowlist?.wrong ?? []) said('Allowed IP addresses', `holds what is none: “${entry}”`);
  const { origins, wrong } = parseOrigins(options.allowedOrigins ?? '');
  for (const entry of wrong) said('Sites whose scripts may call', `holds what is no origin: “${entry}”`);
  let broken = typeof path === 'string';
  const compiled = (label: string, source: unknown): JsonSchema | null => {
    if (source === undefined || source === null || source === '') return null;
    try {
      return compileJsonSchema(source);
    } catch (thrown) {
      if (!(thrown instanceof SchemaError)) throw thrown;
      said(label, thrown.message);
      broken = true;
      return null;
    }
  };
  const bodySchema = compiled('Body must match', options.bodySchema);
  const headersSchema = compiled('Headers must match', options.headersSchema);
  const plan: WebhookPlan = {
    methods: allowedMethods(config),
    path: typeof path === 'string' ? [] : path,
    pathText: (options.path ?? '').trim().replace(/^\/|\/$/g, ''),
    authentication:
      authentication === 'none' ? null : { kind: authentication, scheme: signature, credentialId },
    allowlist,
    origins,
    contentTypes: (options.contentTypes ?? '')
      .toLowerCase()
      .split(',')
      .map((type) => type.trim())
      .filter(Boolean),
    maxBodyBytes: options.maxBodyBytes || Number.POSITIVE_INFINITY,
    bodySchema,
    headersSchema,
    dedupeKey: (options.dedupeKey ?? '').trim(),
    problems,
    broken,
  };
  if (plan.dedupeKey.includes('{{'))
    said('Where the id of a delivery is', 'is a path such as body.event.id, never a template');
  return { config, plan };
}

function allowedMethods({ httpMethod, methods }: WebhookConfig): readonly string[] | null {
  if (httpMethod === 'any') return null;
  return httpMethod === 'several' ? methodsOf(methods) : [httpMethod];
}
