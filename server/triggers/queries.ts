import type { TriggerType } from '#prisma/generated/enums.ts';
import { db } from '../db.ts';
import { env } from '../env.ts';
import { notFound } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import type { TriggerState } from './schema.ts';

const DAYS = 30;
const DAY_MS = 86_400_000;

/** What starts a workflow from outside, with how often it was called. Throws NOT_FOUND. */
export async function listTriggers(scope: WorkspaceScope, workflowId: string): Promise<TriggerState[]> {
  const workflow = await db().workflow.findFirst({
    where: { id: workflowId, workspaceId: scope.workspaceId, deletedAt: null },
    select: {
      triggers: {
        orderBy: { id: 'asc' },
        select: {
          nodeId: true,
          type: true,
          endpointId: true,
          config: true,
          active: true,
          nextRunAt: true,
          stats: {
            where: { day: { gte: new Date(Date.now() - DAYS * DAY_MS) } },
            orderBy: { day: 'asc' },
            select: {
              day: true,
              accepted: true,
              repeated: true,
              refused: true,
              lastRefusal: true,
              lastAt: true,
            },
          },
        },
      },
    },
  });
  if (!workflow) throw notFound('workflow');
  return workflow.triggers.map(({ endpointId, config, stats, ...row }) => ({
    ...row,
    ...(endpointId ? { url: addressOf(row.type, endpointId, config) } : {}),
    ...(row.type === 'webhook' || row.type === 'email' ? { calls: callsOf(stats) } : {}),
  }));
}

const PLACES: Partial<Record<TriggerType, string>> = { form: 'forms', chat: 'chat' };

/** The whole address, with the path that a webhook has below it. */
export function addressOf(type: TriggerType, endpointId: string, config: unknown): string {
  const { options } = config as { options?: { path?: unknown } };
  const path = type === 'webhook' && typeof options?.path === 'string' ? options.path : '';
  const below = path.trim().replace(/^\/|\/$/g, '');
  return `${env().APP_URL}/${PLACES[type] ?? 'webhooks'}/${endpointId}${below && `/${below}`}`;
}

interface Stat {
  day: Date;
  accepted: number;
  repeated: number;
  refused: number;
  lastRefusal: string | null;
  lastAt: Date | null;
}

function callsOf(stats: readonly Stat[]): NonNullable<TriggerState['calls']> {
  const sum = (of: 'accepted' | 'repeated' | 'refused') => stats.reduce((n, stat) => n + stat[of], 0);
  return {
    accepted: sum('accepted'),
    repeated: sum('repeated'),
    refused: sum('refused'),
    lastRefusal: stats.findLast(({ lastRefusal }) => lastRefusal !== null)?.lastRefusal ?? null,
    lastAt: stats.at(-1)?.lastAt ?? null,
    days: stats.map(({ day, accepted, repeated, refused }) => ({
      day: day.toISOString().slice(0, 10),
      accepted,
      repeated,
      refused,
    })),
  };
}
