'use client';
import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { SegmentedControl } from '#components/ui/segmented-control.tsx';
import { useMounted } from '#components/ui/use-mounted.ts';

const THEMES = [
  { value: 'light', label: 'Light', Icon: Sun },
  { value: 'dark', label: 'Dark', Icon: Moon },
  { value: 'system', label: 'System', Icon: Monitor },
] as const;

/** Yours, in this browser. */
export function AppearanceCard() {
  const { theme, setTheme } = useTheme();
  const mounted = useMounted();
  return (
    <Card>
      <CardHeader title="Appearance" description="Yours alone, in this browser." />
      <div className="px-5 pb-5">
        <SegmentedControl
          label="Theme"
          value={mounted ? (theme ?? 'system') : ''}
          onValueChange={setTheme}
          options={THEMES.map(({ value, label, Icon }) => ({
            value,
            label: (
              <>
                <Icon aria-hidden="true" />
                {label}
              </>
            ),
          }))}
        />
      </div>
    </Card>
  );
}
