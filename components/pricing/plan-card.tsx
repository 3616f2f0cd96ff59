import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatMoney } from '#components/billing/money.ts';
import { Badge } from '#components/ui/badge.tsx';
import { cn } from '#lib/cn.ts';
import type { BillingInterval, Plan } from '#server/plans/schema.ts';
import { highlightsOf, savingOf } from './plan-words.ts';

interface PlanCardProps {
  plan: Plan;
  interval: BillingInterval;
  /** Inside of another card: no shadow of its own. */
  flat?: boolean;
  current?: boolean;
  /** Drawn as the one that most choose. */
  recommended?: boolean;
  /** What to do with it. */
  children: ReactNode;
}

/** A plan with its price and what decides. */
export function PlanCard({
  plan,
  interval,
  flat = false,
  current = false,
  recommended = false,
  children,
}: PlanCardProps) {
  return (
    <section
      aria-label={plan.name}
      className={cn(
        'flex flex-col gap-4 rounded-xl border p-5',
        flat ? 'bg-surface' : 'bg-surface shadow-card',
        current || recommended ? 'border-accent' : 'border-border',
        recommended && 'shadow-raised',
      )}
    >
      <header>
        <div className="flex items-center gap-2">
          <h3 className="font-semibold text-base tracking-tight">{plan.name}</h3>
          {recommended ? <Badge tone="accent">For most teams</Badge> : null}
        </div>
        <p className={cn('mt-0.5 text-foreground-muted text-ui', !flat && 'lg:min-h-10')}>{plan.tagline}</p>
      </header>
      <Price plan={plan} interval={interval} />
      {children}
      <ul className="flex flex-col gap-1.5 text-ui">
        {highlightsOf(plan).map((text) => (
          <li key={text} className="flex items-start gap-2">
            <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success" />
            {text}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Price({ plan: { prices }, interval }: { plan: Plan; interval: BillingInterval }) {
  const looks = 'font-semibold text-3xl tabular-nums tracking-tight';
  const note = 'min-h-4 text-foreground-muted text-xs';
  if (!prices)
    return (
      <div>
        <p className={looks}>Custom</p>
        <p className={note}>Priced by what you need</p>
      </div>
    );
  if (prices.month === 0)
    return (
      <div>
        <p className={looks}>{formatMoney(0)}</p>
        <p className={note}>For as long as you like, without a card</p>
      </div>
    );
  const { cents } = savingOf(prices);
  return (
    <div>
      <p className={looks}>
        {formatMoney(interval === 'year' ? Math.round(prices.year / 12) : prices.month)}
        <span className="font-normal text-foreground-muted text-sm tracking-normal"> a month</span>
      </p>
      <p className={note}>
        {interval === 'year'
          ? `${formatMoney(prices.year)} paid once a year, you save ${formatMoney(cents)}`
          : `Per workspace, or ${formatMoney(prices.year)} for a year`}
      </p>
    </div>
  );
}
