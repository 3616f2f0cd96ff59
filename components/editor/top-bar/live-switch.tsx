'use client';

import { Rocket } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { hasErrors } from '#engine/validate.ts';
import { cn } from '#lib/cn.ts';
import { useEditing, useEditor, useSessionState } from '../editor-context.tsx';

/** Inactive, live, or live with an older version than the draft: always said in words. */
export function LiveSwitch() {
  const { actions, session } = useEditing();
  const active = useSessionState((s) => s.active);
  const differs = useSessionState((s) => s.liveDiffers);
  const dirty = useSessionState((s) => s.saveStatus !== 'saved');
  const busy = useSessionState((s) => s.busy === 'activate');
  const version = useSessionState((s) => s.publishedVersion?.number);
  const broken = useEditor((s) => hasErrors(s.issues));
  const publish = () => (broken ? session.setState({ dialog: 'publish-problems' }) : actions.activate());
  const behind = active && (differs || dirty);
  return (
    <div
      className="flex shrink-0 items-center gap-1.5 sm:gap-2"
      data-testid="live-state"
      data-state={active ? (differs ? 'differs' : 'live') : 'inactive'}
    >
      {behind && differs ? (
        <Tooltip
          content={`Live runs version ${version ?? '?'}. Publish makes your draft live.`}
          side="bottom"
        >
          <Button
            variant="primary"
            pending={busy}
            onClick={publish}
            data-testid="publish-button"
            className="max-sm:px-2"
          >
            {busy ? null : <Rocket />}
            <span className="max-sm:sr-only">Publish</span>
          </Button>
        </Tooltip>
      ) : null}
      <Tooltip
        side="bottom"
        content={
          active
            ? differs
              ? `Version ${version ?? '?'} is live and differs from this draft`
              : `Version ${version ?? '?'} is live. Switch off to stop its triggers`
            : 'Publish this draft and turn its triggers on'
        }
      >
        <label
          htmlFor="activate-switch"
          className={cn(
            'flex h-8 cursor-pointer items-center gap-2 rounded-md border border-border px-2 font-medium sm:px-2.5 text-ui',
            active ? 'bg-success-soft text-success' : 'text-foreground-muted',
            behind && differs && 'bg-warning-soft text-warning',
          )}
        >
          <span className="max-sm:sr-only">{active ? (differs ? 'Live differs' : 'Live') : 'Inactive'}</span>
          <Switch
            id="activate-switch"
            aria-label={active ? 'Deactivate' : 'Activate'}
            data-testid="activate-switch"
            checked={active}
            disabled={busy}
            onCheckedChange={(on) => (on ? publish() : actions.deactivate())}
          />
        </label>
      </Tooltip>
    </div>
  );
}
