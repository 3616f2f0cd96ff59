import { db } from '../db.ts';
import type { WorkspaceScope } from '../scope.ts';
import { type Consequences, PLANS, type PlanKey } from './schema.ts';

/** What would change at once if the workspace went to this plan; empty where it has as much as before. */
export async function getConsequences({ workspaceId }: WorkspaceScope, key: PlanKey): Promise<Consequences> {
  const plan = PLANS[key];
  const now = new Date();
  const [workspace, active, members, month] = await Promise.all([
    db().workspace.findUniqueOrThrow({
      where: { id: workspaceId },
      select: { plan: true, seatsOverride: true },
    }),
    db().workflow.findMany({
      where: { workspaceId, active: true, deletedAt: null },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      select: { id: true, name: true },
    }),
    db().$queryRaw<{ userId: string; name: string; role: string }[]>`
      select m.user_id as "userId", u.name, m.role::text as role from member m join "user" u on u.id = m.user_id
      where m.workspace_id = ${workspaceId}::uuid order by m.role <> 'owner', m.created_at, m.user_id`,
    db().usagePeriod.findFirst({
      where: { workspaceId, startsAt: { lte: now }, endsAt: { gt: now } },
      select: { used: true, credit: true, endsAt: true },
    }),
  ]);
  const seats = workspace.seatsOverride ?? plan.members ?? members.length;
  const before = PLANS[workspace.plan as PlanKey]?.retentionDays ?? null;
  const shorter = plan.retentionDays !== null && (before === null || plan.retentionDays < before);
  const isOver =
    month !== null &&
    plan.executionsPerMonth !== null &&
    month.used >= plan.executionsPerMonth + month.credit;
  return {
    workflows: active.slice(plan.activeWorkflows ?? active.length),
    members: members
      .slice(seats)
      .filter(({ role }) => role !== 'owner' && role !== 'viewer')
      .map(({ userId, name }) => ({ userId, name })),
    retentionDays: shorter ? plan.retentionDays : null,
    stopsUntil: isOver ? month.endsAt : null,
  };
}
