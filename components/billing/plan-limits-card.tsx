import { PLAN_ROWS } from '#components/pricing/plan-words.ts';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { PLANS, type PlanKey } from '#server/plans/schema.ts';

/** What the plan allows, in words. */
export function PlanLimitsCard({ plan }: { plan: PlanKey }) {
  return (
    <Card>
      <CardHeader title={`What ${PLANS[plan].name} has`} />
      <dl className="divide-y divide-border border-border border-t text-ui">
        {PLAN_ROWS.map(({ label, text }) => (
          <div key={label} className="flex min-h-10 items-center justify-between gap-4 px-5 py-1.5">
            <dt className="text-foreground-muted">{label}</dt>
            <dd className="text-right">{text(PLANS[plan])}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
