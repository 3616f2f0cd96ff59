'use client';
import { Badge } from '#components/ui/badge.tsx';
import { SegmentedControl } from '#components/ui/segmented-control.tsx';
import { type BillingInterval, PLANS, SOLD_PLANS } from '#server/plans/schema.ts';
import { savingOf } from './plan-words.ts';

/** The least that a year saves with any plan, so that it is true of all. */
const SAVING = Math.min(
  ...SOLD_PLANS.map((key) => (PLANS[key].prices ? savingOf(PLANS[key].prices).percent : 0)),
);

interface IntervalSwitchProps {
  value: BillingInterval;
  onValueChange: (interval: BillingInterval) => void;
}

export function IntervalSwitch({ value, onValueChange }: IntervalSwitchProps) {
  return (
    <SegmentedControl
      label="How to pay"
      value={value}
      onValueChange={onValueChange}
      options={[
        { value: 'month', label: 'Monthly' },
        {
          value: 'year',
          ariaLabel: `Yearly, saves ${SAVING} %`,
          label: (
            <>
              Yearly
              <Badge tone="success" className="h-4 bg-surface px-1.5 text-[11px]">
                −{SAVING} %
              </Badge>
            </>
          ),
        },
      ]}
    />
  );
}
