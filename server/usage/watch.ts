import { audit } from '../audit/store.ts';
import { db, type Transaction } from '../db.ts';
import { env } from '../env.ts';
import { queueMail } from '../outbox/commands.ts';
import { composeMail } from '../outbox/compose.ts';
import { pauseTriggers } from '../triggers/sync.ts';

/** Tells owners and admins, once a month each, that 80 and 100 % are used, and pauses workflows that used up their budget. */
export async function watchUsage(): Promise<void> {
  for (const percent of [100, 80] as const) {
    for (const { workspaceId, startsAt } of await findToWarn(percent))
      await db().$transaction((tx) => warn(tx, workspaceId, startsAt, percent));
  }
  const tripped = await db().workflowBudget.findMany({
    where: { trippedAt: { not: null } },
    take: 500,
    select: { workflowId: true },
  });
  for (const { workflowId } of tripped) await db().$transaction((tx) => pauseForBudget(tx, workflowId));
}

const MARK = { 80: 'warned_80_at', 100: 'warned_100_at' } as const;

/** Of a month with a limit: all that may start in it. */
const ROOM = 'month_room(p.included, p.credit, p.covered) + p.overage';

interface ToWarn {
  workspaceId: string;
  startsAt: Date;
}

/** Whoever pays for more is told when that is used up too. */
const findToWarn = (percent: 80 | 100): Promise<ToWarn[]> =>
  db().$queryRawUnsafe<ToWarn[]>(
    `select p.workspace_id as "workspaceId", p.starts_at as "startsAt" from usage_period p
     join workspace w on w.id = p.workspace_id and w.deleted_at is null
     where p.ends_at > now() and p.starts_at <= now() and p.included is not null and p.${MARK[percent]} is null
       and p.used >= ceil((${ROOM}) * $1::int / 100.0) limit 500`,
    percent,
  );

async function warn(tx: Transaction, workspaceId: string, startsAt: Date, percent: 80 | 100): Promise<void> {
  // with 100 % there is nothing more to say about 80
  const marks =
    percent === 100
      ? `warned_100_at = now(), warned_80_at = coalesce(warned_80_at, now())`
      : 'warned_80_at = now()';
  const rows = await tx.$queryRawUnsafe<{ endsAt: Date; used: number; room: number; name: string }[]>(
    `update usage_period p set ${marks} from workspace w
     where p.workspace_id = $1::uuid and p.starts_at = $2::timestamptz and p.${MARK[percent]} is null and w.id = p.workspace_id
     returning p.ends_at as "endsAt", p.used, ${ROOM} as room, w.name`,
    workspaceId,
    startsAt,
  );
  const [row] = rows; // none: another worker was first
  if (!row) return;
  const until = row.endsAt.toISOString().slice(0, 10);
  const paragraphs =
    percent === 100
      ? [
          `all ${format(row.room)} executions of “${row.name}” are used up for this month. What runs goes on; new starts are refused until ${until}: webhooks are answered with 429, schedules are skipped and listed.`,
        ]
      : [
          `“${row.name}” has used ${format(row.used)} of its ${format(row.room)} executions of this month, which ends on ${until}.`,
        ];
  await tellAdmins(tx, workspaceId, {
    subject: `${percent} % of the executions of “${row.name}” are used`,
    paragraphs,
    action: { label: 'See the usage', url: `${env().APP_URL}/w/${workspaceId}/usage` },
  });
}

const format = (count: number): string => count.toLocaleString('en-US');

interface Words {
  subject: string;
  paragraphs: string[];
  action: { label: string; url: string };
}

/** Owners and admins of the workspace, by mail. */
export async function tellAdmins(tx: Transaction, workspaceId: string, words: Words): Promise<void> {
  const admins = await tx.member.findMany({
    where: { workspaceId, role: { in: ['owner', 'admin'] }, user: { blockedAt: null } },
    take: 100,
    select: { user: { select: { email: true, name: true } } },
  });
  for (const { user } of admins)
    await queueMail(
      tx,
      composeMail({ to: user.email, ...words, paragraphs: [`Hello ${user.name},`, ...words.paragraphs] }),
    );
}

/** Until somebody sets another budget and activates it again. */
async function pauseForBudget(tx: Transaction, workflowId: string): Promise<void> {
  const { count } = await tx.workflowBudget.updateMany({
    where: { workflowId, trippedAt: { not: null } },
    data: { trippedAt: null },
  });
  if (count === 0) return; // another worker was first
  const workflow = await tx.workflow.findFirst({
    where: { id: workflowId, active: true, deletedAt: null },
    select: { name: true, workspaceId: true },
  });
  if (!workflow) return;
  const { workspaceId, name } = workflow;
  await tx.workflow.update({ where: { id: workflowId }, data: { active: false, pausedBy: 'budget' } });
  await pauseTriggers(tx, workflowId);
  await audit(
    tx,
    { workspaceId, userId: null },
    { action: 'workflow.pause-for-budget', subjectId: workflowId },
  );
  await tellAdmins(tx, workspaceId, {
    subject: `“${name}” is paused: its budget is used up`,
    paragraphs: [
      `the workflow “${name}” has started as many executions this month as its budget allows, and was about to start more. It is paused, and nothing of it is lost. Set another budget and activate it again if it should go on.`,
    ],
    action: { label: 'See the usage', url: `${env().APP_URL}/w/${workspaceId}/usage` },
  });
}
