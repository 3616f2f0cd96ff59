import type { ReactNode } from 'react';
import { formatMoney } from '#components/billing/money.ts';
import { type BillingInterval, PLANS, type Plan } from '#server/plans/schema.ts';
import { PLAN_ROWS } from './plan-words.ts';

const COMPARED = [PLANS.free, PLANS.pro, PLANS.business, PLANS.enterprise] as const;

/** Every limit of every plan beside each other. On a small screen the table scrolls, and the first column stays. */
export function PlanTable({ interval }: { interval: BillingInterval }) {
  return (
    <div className="mx-auto w-full max-w-6xl px-4 pt-16 sm:px-8">
      <h2 id="compare" className="text-center font-semibold text-2xl tracking-tight">
        Everything beside each other
      </h2>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-labelledby="compare"
        className="mt-6 overflow-x-auto rounded-xl border border-border bg-surface shadow-card"
      >
        <table className="w-full min-w-[44rem] table-fixed border-separate border-spacing-0 text-ui">
          <thead>
            <tr>
              <Head sticky>
                <span className="sr-only">What</span>
              </Head>
              {COMPARED.map((plan) => (
                <Head key={plan.key}>
                  <span className="block font-semibold text-foreground text-sm">{plan.name}</span>
                  <span className="font-normal">{priceOf(plan, interval)}</span>
                </Head>
              ))}
            </tr>
          </thead>
          <tbody>
            {PLAN_ROWS.map(({ label, help, text }) => (
              <tr key={label} className="[&:last-child>*]:border-b-0">
                <th
                  scope="row"
                  className="sticky left-0 z-1 w-64 border-border border-b bg-surface px-4 py-2.5 text-left font-medium max-sm:w-36"
                >
                  {label}
                  {help ? (
                    <span className="block font-normal text-foreground-muted text-xs max-sm:hidden">
                      {help}
                    </span>
                  ) : null}
                </th>
                {COMPARED.map((plan) => (
                  <td key={plan.key} className="border-border border-b px-4 py-2.5 align-top tabular-nums">
                    {text(plan)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function Head({ sticky = false, children }: { sticky?: boolean; children: ReactNode }) {
  return (
    <th
      scope="col"
      className={`border-border border-b bg-surface px-4 py-3 text-left text-foreground-muted text-xs ${sticky ? 'sticky left-0 z-1 w-64 max-sm:w-36' : ''}`}
    >
      {children}
    </th>
  );
}

function priceOf({ prices }: Plan, interval: BillingInterval): string {
  if (!prices) return 'Custom';
  return prices.month === 0 ? 'Free' : `${formatMoney(prices[interval])} a ${interval}`;
}
