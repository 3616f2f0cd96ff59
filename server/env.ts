import path from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { EXECUTION_TIERS } from './executions/schema.ts';
import { type Limits, parseLimits } from './limits/policy.ts';
import { planKeySchema } from './plans/schema.ts';

/** The environment, validated once at boot. `.env.example` lists the same names. */
const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  );

const isRange = (text: string): boolean => ipaddr.isValid(text) || ipaddr.isValidCIDR(text);

const rateLimits = z
  .string()
  .default('')
  .transform((text, context): Limits => {
    try {
      return parseLimits(text);
    } catch (error) {
      context.addIssue((error as Error).message);
      return z.NEVER;
    }
  });

/** A way to sign in needs all of its settings, and so does Stripe. */
const TOGETHER = [
  ['AUTH_GOOGLE_ID', 'AUTH_GOOGLE_SECRET'],
  ['AUTH_GITHUB_ID', 'AUTH_GITHUB_SECRET'],
  ['AUTH_MICROSOFT_ID', 'AUTH_MICROSOFT_SECRET'],
  ['AUTH_OIDC_ISSUER', 'AUTH_OIDC_ID', 'AUTH_OIDC_SECRET'],
  ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
] as const;

const schema = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// URL' }),
    PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
    APP_URL: z.url({ protocol: /^https?$/ }).optional(),
    LINKFLOW_DATA_DIR: z
      .string()
      .min(1)
      .default('.linkflow')
      .transform((dir) => path.resolve(dir)),
    LINKFLOW_MASTER_KEY: z.string().regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits (32 bytes)'),
    LINKFLOW_PREVIOUS_MASTER_KEYS: list.pipe(
      z.array(z.string().regex(/^[0-9a-f]{64}$/i, 'must be keys of 64 hexadecimal digits')),
    ),
    LINKFLOW_ALLOW_PRIVATE_NETWORKS: list,
    LINKFLOW_TRUSTED_PROXIES: list.pipe(
      z.array(z.string().refine(isRange, 'must be addresses or networks in CIDR form')),
    ),
    LINKFLOW_RATE_LIMITS: rateLimits,
    LINKFLOW_EXPOSED_ENV: list,
    LINKFLOW_WORKER_TIERS: list
      .pipe(z.array(z.enum(EXECUTION_TIERS, { error: `must be some of ${EXECUTION_TIERS.join(',')}` })))
      .transform((tiers) => (tiers.length > 0 ? tiers : [...EXECUTION_TIERS])),
    LINKFLOW_MAX_QUEUED: z.coerce.number().int().min(1).default(200_000),
    LINKFLOW_MAX_QUEUED_PER_WORKSPACE: z.coerce.number().int().min(1).default(100_000),
    LINKFLOW_RETENTION_DAYS: z.coerce.number().int().min(1).optional(),
    LINKFLOW_WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(1000).default(100),
    LINKFLOW_MAX_BODY_BYTES: z.coerce
      .number()
      .int()
      .min(1024)
      .default(5 * 1024 * 1024),
    LINKFLOW_MAX_UPLOAD_BYTES: z.coerce
      .number()
      .int()
      .min(1024)
      .default(100 * 1024 * 1024),
    LINKFLOW_STORAGE: z
      .union([z.literal('disk'), z.url({ protocol: /^s3$/, hostname: /^[a-z0-9.-]{3,63}$/ })], {
        error: 'must be disk or s3://bucket',
      })
      .default('disk'),
    AWS_ACCESS_KEY_ID: z.string().optional(),
    AWS_SECRET_ACCESS_KEY: z.string().optional(),
    AWS_REGION: z.string().default('us-east-1'),
    LINKFLOW_MAX_OUTPUT_BYTES: z.coerce
      .number()
      .int()
      .min(1024 * 1024)
      .default(256 * 1024 * 1024),
    LINKFLOW_MAX_FILE_BYTES: z.coerce
      .number()
      .int()
      .min(1024 * 1024)
      .default(512 * 1024 * 1024),
    LINKFLOW_MAX_WORKSPACE_FILE_BYTES: z.coerce
      .number()
      .int()
      .min(1024 * 1024)
      .default(10 * 1024 ** 3),
    LINKFLOW_MAX_TABLE_ROWS: z.coerce.number().int().min(1).default(200_000),
    SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be smtp://user:password@host:port' }).optional(),
    LINKFLOW_MAIL_FROM: z.string().min(3).max(300).optional(),
    AUTH_GOOGLE_ID: z.string().optional(),
    AUTH_GOOGLE_SECRET: z.string().optional(),
    AUTH_GITHUB_ID: z.string().optional(),
    AUTH_GITHUB_SECRET: z.string().optional(),
    AUTH_MICROSOFT_ID: z.string().optional(),
    AUTH_MICROSOFT_SECRET: z.string().optional(),
    AUTH_MICROSOFT_TENANT: z
      .string()
      .regex(/^[\w.-]{1,100}$/, 'must be the id or a domain of the tenant, common or organizations')
      .default('common'),
    AUTH_OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'must be an http(s):// URL' }).optional(),
    AUTH_OIDC_ID: z.string().optional(),
    AUTH_OIDC_SECRET: z.string().optional(),
    AUTH_OIDC_NAME: z.string().max(60).default('Single sign-on'),
    STRIPE_SECRET_KEY: z.string().min(8).optional(),
    STRIPE_WEBHOOK_SECRET: z.string().min(8).optional(),
    STRIPE_API_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s):// URL' }).optional(),
    STRIPE_TAX: z.enum(['on', 'off'], { error: 'must be on or off' }).default('off'),
    LINKFLOW_DEFAULT_PLAN: planKeySchema.optional(),
    LINKFLOW_SALES_EMAIL: z.email('must be an e-mail address').optional(),
    LINKFLOW_METRICS_TOKEN: z.string().min(16).optional(),
    LINKFLOW_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .refine((e) => e.LINKFLOW_STORAGE === 'disk' || (e.AWS_ACCESS_KEY_ID && e.AWS_SECRET_ACCESS_KEY), {
    path: ['AWS_ACCESS_KEY_ID'],
    error: 'and AWS_SECRET_ACCESS_KEY must be set for LINKFLOW_STORAGE=s3://…',
  })
  .superRefine((e, context) => {
    for (const names of TOGETHER) {
      const missing = names.filter((name) => e[name] === undefined);
      if (missing.length === 0 || missing.length === names.length) continue;
      const message = `must be set too, for ${names.join(', ')} go together`;
      context.addIssue({ code: 'custom', path: [missing[0]!], message });
    }
  });

export type Env = Omit<z.output<typeof schema>, 'APP_URL'> & { APP_URL: string };

/** Throws an Error with one line that names every wrong variable. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (!result.success) {
    const wrong = result.error.issues.map((i) => `${i.path.join('.')} ${i.message}`).join('; ');
    throw new Error(`Wrong environment: ${wrong}`);
  }
  return { ...result.data, APP_URL: result.data.APP_URL ?? `http://localhost:${result.data.PORT}` };
}

let parsed: Env | undefined;
/** Read lazily, since `next build` loads modules without an environment. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}
